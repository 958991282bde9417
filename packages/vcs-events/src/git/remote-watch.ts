import { pause } from '@sluice/pipeline/node';
import type { Reports } from '../reports.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { gitFailure } from './git-failure.ts';
import type { Mirror } from './mirror.ts';

const maxPauseMs = 600_000;

/** Fetches a remote repository now and then. A server that is away is said once and tried again, less and less often. */
export class RemoteWatch {
  readonly #mirror: Mirror;
  readonly #name: string;
  readonly #reports: Reports;

  constructor(mirror: Mirror, name: string, reports: Reports) {
    this.#mirror = mirror;
    this.#name = name;
    this.#reports = reports;
  }

  /** Resolves when the mirror has been brought up to date, or on an abort. */
  async changed(pollMs: number, signal: AbortSignal): Promise<void> {
    for (
      let pauseMs = pollMs, isSaid = false;
      !signal.aborted;
      pauseMs = Math.max(pollMs, Math.min(pauseMs * 2, maxPauseMs))
    ) {
      await pause(pauseMs, signal);
      try {
        if (!signal.aborted) await this.#mirror.update(signal);
        return;
      } catch (error) {
        const failure = gitFailure(error, this.#name);
        const isAway = failure instanceof VcsEventsError && failure.code === 'ERR_VCS_EVENTS_NETWORK';
        if (!isAway) throw error;
        if (!isSaid) this.#reports.add('ERR_VCS_EVENTS_NETWORK', failure.message, this.#name);
        isSaid = true;
      }
    }
  }

  close(): void {}
}
