import type { RejectSink } from '@sluice/pipeline';
import type { LogSourceError, LogSourceErrorCode } from './log-source-error.ts';
import type { Meter } from './metrics.ts';

/** Tells the reject sink what cannot be read: each fault of a path once, until the path is {@link cleared}. */
export class Reports {
  readonly #rejects: RejectSink | undefined;
  readonly #meter: Meter;
  readonly #said = new Map<string, Set<LogSourceErrorCode>>();

  constructor(rejects: RejectSink | undefined, meter: Meter) {
    this.#rejects = rejects;
    this.#meter = meter;
  }

  /** Reports, also when the same was reported before. */
  say(error: LogSourceError, path: string, offset?: number): void {
    this.#meter.count('rejects');
    this.#rejects?.next({
      component: 'log-source',
      code: error.code,
      reason: error.message,
      path,
      ...(offset !== undefined && { offset }),
    });
  }

  /** Reports unless the same code was reported for the path and not {@link cleared} since. */
  sayOnce(error: LogSourceError, path: string): void {
    const codes = this.#said.get(path) ?? new Set();
    if (codes.has(error.code)) return;
    this.#said.set(path, codes.add(error.code));
    this.say(error, path);
  }

  /** The path is well (or gone): what befalls it next is news. */
  cleared(path: string): void {
    this.#said.delete(path);
  }
}
