import type { Activity, Metrics, RejectSink } from '@sluice/pipeline';
import { IcalSinkError } from './ical-sink-error.ts';
import { metricNames } from './metrics.ts';
import type { SinkOptions } from './options.ts';

const maxValueChars = 200;

/** Where a sink counts, and tells of what it could not use. */
export class Reports {
  readonly #rejects: RejectSink | undefined;
  readonly #metrics: Metrics | undefined;

  constructor({ rejects, metrics }: SinkOptions) {
    this.#rejects = rejects;
    this.#metrics = metrics;
  }

  count(name: keyof typeof metricNames, by: number = 1): void {
    if (by > 0) this.#metrics?.add(metricNames[name], by);
  }

  /** Tells of an activity that is left out. Any other error than one of this package is a fault and goes on. */
  reject(error: unknown, activity: Pick<Activity, 'uid'>): void {
    if (!(error instanceof IcalSinkError)) throw error;
    this.count('rejected');
    const value = String(activity.uid).slice(0, maxValueChars);
    this.#rejects?.next({ component: 'ical-sink', code: error.code, reason: error.message, value });
  }
}
