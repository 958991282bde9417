import type { Metrics, RejectSink } from '@sluice/pipeline';
import { oneLine } from './act/one-line.ts';
import type { EximQueueErrorCode } from './exim-queue-error.ts';
import { metricNames } from './metrics.ts';
import { option } from './option-check.ts';
import type { Reporting } from './options.ts';

/** Longest value that is handed on with a reject, in characters. */
const maxValueChars = 1000;

/** Where a reject comes from. */
export interface RejectPlace {
  readonly path?: string;
  readonly offset?: number;
  /** What is rejected, or its beginning. */
  readonly value?: string;
}

/** Counts what a function does, and tells what is amiss: `Reporting`, checked. */
export class Reports {
  readonly #rejects: RejectSink | undefined;
  readonly #metrics: Metrics | undefined;

  /** @throws {EximQueueError} `OPTION` */
  constructor({ rejects, metrics, clock }: Reporting) {
    option.object('rejects', rejects, ['next']);
    option.object('metrics', metrics, ['add']);
    option.object('clock', clock, ['nowMs']);
    this.#rejects = rejects;
    this.#metrics = metrics;
  }

  add(what: keyof typeof metricNames, by: number = 1): void {
    if (by > 0) this.#metrics?.add(metricNames[what], by);
  }

  /** A message that is not emitted: counted as `rejected` and told. */
  reject(code: EximQueueErrorCode, reason: string, place?: RejectPlace): void {
    this.add('rejected');
    this.flaw(code, reason, place);
  }

  /** Something amiss with a message that is emitted all the same, with a folder or with Exim's output: only told. */
  flaw(code: EximQueueErrorCode, reason: string, { path, offset, value }: RejectPlace = {}): void {
    this.#rejects?.next({
      component: 'exim-queue',
      code,
      reason: oneLine(reason),
      ...(path !== undefined && { path }),
      ...(offset !== undefined && { offset }),
      ...(value !== undefined && { value: value.slice(0, maxValueChars) }),
    });
  }
}
