import type { LineReport, ReportSink } from '@sluice/fail2ban-filter';
import type { NameResolver } from '@sluice/pipeline';
import { hasName, resolveNames } from './named-hits.ts';

interface Waiting {
  readonly report: LineReport;
  readonly line: number;
}

/** Reports asked for at once: their names are looked up side by side. */
const batch = 64;

/** Passes reports on in order; those behind a host name wait in {@link settle} until that is looked up. */
export class WaitingSink implements ReportSink {
  readonly #next: ReportSink;
  readonly #resolver: NameResolver;
  #waiting: Waiting[] = [];

  constructor(next: ReportSink, resolver: NameResolver) {
    this.#next = next;
    this.#resolver = resolver;
  }

  get wantsMissed(): boolean {
    return this.#next.wantsMissed;
  }

  report(report: LineReport, line: number): void {
    if (this.#waiting.length > 0 || hasName(report)) this.#waiting.push({ report, line });
    else this.#next.report(report, line);
  }

  countMissed(count: number, prefixed: number): void {
    this.#next.countMissed(count, prefixed);
  }

  missedText(text: string, line: number): void {
    this.#next.missedText(text, line);
  }

  /** Called after each part of the log. */
  settle(): Promise<void> | undefined {
    return this.#waiting.length === 0 ? undefined : this.#lookUp();
  }

  async #lookUp(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += batch) {
      const part = waiting.slice(at, at + batch);
      const reports = await Promise.all(part.map(({ report }) => resolveNames(report, this.#resolver)));
      part.forEach(({ line }, index) => {
        this.#next.report(reports[index] as LineReport, line);
      });
    }
  }
}
