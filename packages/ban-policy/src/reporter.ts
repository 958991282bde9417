import type { Failure, Metrics, RejectSink } from '@sluice/pipeline';

/** Tells the outside what could not be used and how often things happened, where somebody listens. */
export class Reporter {
  readonly #rejects: RejectSink | undefined;
  readonly #metrics: Metrics | undefined;

  constructor(options: { readonly rejects?: RejectSink; readonly metrics?: Metrics }) {
    this.#rejects = options.rejects;
    this.#metrics = options.metrics;
  }

  count(name: string): void {
    this.#metrics?.add(name, 1);
  }

  /** @param line the line that the item came from, if it came from one */
  reject(code: string, reason: string, value: unknown, line?: Pick<Failure, 'path' | 'offset'>): void {
    const place = line && { path: line.path, offset: line.offset };
    this.#rejects?.next({ component: 'ban-policy', code, reason, ...place, value });
  }
}
