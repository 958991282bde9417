import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { MailSourceErrorCode } from './mail-source-error.ts';
import { metricNames } from './metrics.ts';

/** Folders that something is amiss with; more of them are told of each time that they are looked at. */
const maxRemembered = 10_000;

/** Counts what a source does, and tells what is amiss. */
export class Reports {
  readonly #rejects: RejectSink | undefined;
  readonly #metrics: Metrics | undefined;
  readonly #told = new Set<string>();

  constructor(rejects: RejectSink | undefined, metrics: Metrics | undefined) {
    this.#rejects = rejects;
    this.#metrics = metrics;
  }

  add(what: keyof typeof metricNames, by: number): void {
    if (by > 0) this.#metrics?.add(metricNames[what], by);
  }

  /** A file in a Maildir that is not emitted. */
  reject(code: MailSourceErrorCode, reason: string, path: string): void {
    this.add('rejected', 1);
    this.#tell(code, reason, path);
  }

  /** Something amiss with a mail that is emitted all the same, or with a folder. */
  flaw(code: MailSourceErrorCode, reason: string, path: string, value?: string): void {
    this.add('flaws', 1);
    this.#tell(code, reason, path, value);
  }

  /** As {@link flaw}, but the same about the same path only once. */
  flawOnce(code: MailSourceErrorCode, reason: string, path: string): void {
    const key = `${code} ${path}`;
    if (this.#told.has(key)) return;
    if (this.#told.size < maxRemembered) this.#told.add(key);
    this.flaw(code, reason, path);
  }

  #tell(code: MailSourceErrorCode, reason: string, path: string, value?: string): void {
    this.#rejects?.next({ component: 'mail-source', code, reason, path, ...(value !== undefined && { value }) });
  }
}
