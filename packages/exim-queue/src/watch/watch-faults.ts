import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';

/** Tells what is amiss with a watch, each thing once. */
export class WatchFaults {
  readonly #reports: Reports;
  readonly #place: QueuePlace;
  /** Directories, of which there are few. */
  readonly #unreadable = new Set<string>();
  #isFull = false;
  #listFault = '';

  constructor(reports: Reports, place: QueuePlace) {
    this.#reports = reports;
    this.#place = place;
  }

  unwatchable(): void {
    const { spoolDirectory, backendReason = '' } = this.#place;
    const reason = `the spool cannot be watched, Exim is asked from time to time: ${backendReason}`;
    this.#reports.flaw('ERR_EXIM_QUEUE_WATCH', reason, { path: spoolDirectory });
  }

  /** How a list of Exim's came out, which is told when it changes. */
  listed(failure: unknown): void {
    const fault = failure === undefined ? '' : failure instanceof Error ? failure.message : String(failure);
    if (fault !== '' && fault !== this.#listFault) {
      const reason = `Exim did not list its queue to the end: ${fault}; the other messages stay as they were known`;
      this.#reports.flaw('ERR_EXIM_QUEUE_WATCH', reason, { path: this.#place.spoolDirectory });
    }
    this.#listFault = fault;
  }

  unreadable(path: string, fault: string): void {
    if (this.#unreadable.has(path)) return;
    this.#unreadable.add(path);
    const reason = `cannot read ${path}: ${fault}; its messages stay as they were known`;
    this.#reports.flaw('ERR_EXIM_QUEUE_UNREADABLE', reason, { path });
  }

  /** A message that is not remembered, as there are too many. */
  full(maxMessages: number): void {
    this.#reports.add('untracked');
    if (this.#isFull) return;
    this.#isFull = true;
    const reason = `there are more than ${maxMessages} messages (maxMessages); nothing is told of the others`;
    this.#reports.flaw('ERR_EXIM_QUEUE_OVERFLOW', reason, { path: this.#place.spoolDirectory });
  }
}
