import type { Metrics, RejectSink } from '@sluice/pipeline';
import { metricNames } from './metrics.ts';
import type { VcsEventsErrorCode } from './vcs-events-error.ts';

const maxReasonChars = 300;

/** Where a reader reports what is amiss with commits that it emits all the same; counts each report. */
export class Reports {
  readonly #rejects: RejectSink | undefined;
  readonly #metrics: Metrics | undefined;
  readonly #place: { readonly path?: string };

  /** @param path the repository's path or address, without secrets */
  constructor(options: { readonly rejects?: RejectSink; readonly metrics?: Metrics }, path?: string) {
    this.#rejects = options.rejects;
    this.#metrics = options.metrics;
    this.#place = path === undefined ? {} : { path };
  }

  /** @param value the commit's id, or the part that is amiss */
  add(code: VcsEventsErrorCode, reason: string, value: unknown): void {
    this.#metrics?.add(metricNames.rejects, 1);
    const line = reason.replaceAll(/\p{Cc}+/gu, ' ').slice(0, maxReasonChars);
    this.#rejects?.next({ component: 'vcs-events', code, reason: line, ...this.#place, value });
  }
}
