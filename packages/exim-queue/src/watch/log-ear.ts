import type { Chunk } from '@sluice/pipeline';
import type { Observable, Unsubscribable } from 'rxjs';
import { MainlogReader } from '../mainlog/mainlog-reader.ts';
import type { Reports } from '../reports.ts';
import { type LogNotes, notedKinds } from './log-notes.ts';

export interface LogEarParts {
  readonly reports: Reports;
  /** Lines of before are no news. */
  readonly sinceMs: number;
  /** The log told something of a message, which alone is a reason to look at it, or is not. */
  readonly onNote: (id: string, isReason: boolean) => void;
}

/** Times of a log are whole seconds, which began before what happened in them. */
const secondMs = 1000;

/** Listens to the main log, and notes what it says of messages. */
export class LogEar {
  readonly #subscription: Unsubscribable;

  constructor(mainlog: Observable<Chunk>, notes: LogNotes, { reports, sinceMs, onNote }: LogEarParts) {
    const reader = new MainlogReader({ kinds: notedKinds }, reports);
    this.#subscription = mainlog.subscribe({
      next: (chunk) => {
        reader.feed(chunk, (event) => {
          if (event.timeMs + secondMs <= sinceMs || !('id' in event) || event.id === undefined) return;
          onNote(event.id, notes.add(event));
        });
        chunk.ack();
      },
      error: (error: unknown) => {
        const reason = `the main log cannot be read: ${error}; nobody tells from now on who did what`;
        reports.flaw('ERR_EXIM_QUEUE_WATCH', reason);
      },
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}
