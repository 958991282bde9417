import type { Reports } from '../reports.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { svnFailure } from './svn-failure.ts';

const maxPauseMs = 600_000;

/** Bears it that a server cannot be reached for a while when following: says so once, and asks less and less often. */
export class Outage {
  readonly #repository: string;
  readonly #reports: Reports;
  #failures = 0;

  constructor(repository: string, reports: Reports) {
    this.#repository = repository;
    this.#reports = reports;
  }

  /** Throws what is no matter of the network. */
  bear(error: unknown): void {
    const failure = svnFailure(error, this.#repository);
    if (!(failure instanceof VcsEventsError) || failure.code !== 'ERR_VCS_EVENTS_NETWORK') throw failure;
    if (this.#failures === 0) this.#reports.add(failure.code, failure.message, this.#repository);
    this.#failures += 1;
  }

  over(): void {
    this.#failures = 0;
  }

  /** How long to wait before the next look. */
  pauseMs(pollMs: number): number {
    return this.#failures === 0
      ? pollMs
      : Math.max(pollMs, Math.min(maxPauseMs, pollMs * 2 ** Math.min(this.#failures, 20)));
  }
}
