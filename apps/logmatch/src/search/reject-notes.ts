import type { Reject, RejectSink } from '@sluice/pipeline';
import type { Messages } from '../messages.ts';

/** The engine gave up on a line: whether it matches is not known. */
const gaveUp = 'ERR_LOG_MATCHER_STEPS';

interface Note {
  readonly first: Reject;
  count: number;
}

/** Counts what could not be used, and says it in one line a kind. */
export class RejectNotes implements RejectSink {
  readonly #notes = new Map<string, Note>();

  next(reject: Reject): void {
    const note = this.#notes.get(reject.code);
    if (note === undefined) this.#notes.set(reject.code, { first: reject, count: 1 });
    else note.count += 1;
  }

  /** Says what was counted, and forgets it. */
  tell(messages: Messages): void {
    for (const { first, count } of this.#notes.values()) {
      const { path = '<input>', offset = 0, reason, code } = first;
      const more = count === 1 ? '' : `, and ${count - 1} more of the kind`;
      const text = `the line at byte ${offset} was passed over: ${reason}${more}`;
      if (code === gaveUp) messages.file(path, text);
      else messages.note(`${path}: ${text}`);
    }
    this.#notes.clear();
  }
}
