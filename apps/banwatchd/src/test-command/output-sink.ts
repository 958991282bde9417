import type { LineReport, ReportHit, ReportSink } from '@sluice/fail2ban-filter';
import { failureLines } from './failure-output.ts';
import { jsonFailure } from './json-failure.ts';

const isFailure = ({ id, isNoFailure, rejected }: ReportHit): boolean =>
  id !== undefined && !isNoFailure && rejected === undefined;

export interface OutputOptions {
  /** What is printed of a failure; see {@link failureLines}. */
  readonly format: string;
  readonly json: boolean;
  /** True prints the lines that are no failure, and nothing else. */
  readonly invert: boolean;
}

/** Prints failures, and nothing else. */
export class OutputSink implements ReportSink {
  readonly wantsMissed: boolean;
  readonly #options: OutputOptions;
  readonly #write: (text: string) => void;
  #lines: string[] = [];

  constructor(options: OutputOptions, write: (text: string) => void) {
    this.#options = options;
    this.#write = write;
    this.wantsMissed = options.invert;
  }

  report(report: LineReport): void {
    const { format, json, invert } = this.#options;
    const failures = report.ignored.length > 0 ? [] : report.hits.filter(isFailure);
    if (invert) {
      if (failures.length === 0) this.missedText(report.text);
      return;
    }
    for (const hit of failures)
      this.#lines.push(...(json ? [jsonFailure(hit, report)] : failureLines(format, hit, report)));
  }

  countMissed(): void {}

  missedText(text: string): void {
    this.#lines.push(this.#options.json ? JSON.stringify({ line: text }) : text);
  }

  /** Writes what has been found since the last time. */
  flush(): void {
    if (this.#lines.length > 0) this.#write(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }
}
