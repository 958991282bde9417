import type { DateDetector, FoundDate } from '../dates/date-detector.ts';
import type { CutLine } from './fail-data.ts';

const recentMs = 60_000;

/** A line's date, and the line cut by it. */
export interface ReportDate {
  readonly cut: CutLine;
  /** Undefined for a line that has no date and follows none of the last minute. */
  readonly timeMs: number | undefined;
  readonly found: FoundDate | undefined;
}

interface LastDate {
  readonly timeMs: number;
  readonly text: string;
}

/** Gives lines their dates as fail2ban's own tools do: from every line it learns. */
export class ReportDating {
  readonly detector: DateDetector;
  #last: LastDate | undefined;
  #deferred: (() => string) | undefined;

  constructor(detector: DateDetector) {
    this.detector = detector;
  }

  look(line: string, nowMs: number): ReportDate {
    const found = this.detector.find(line, nowMs);
    if (found !== undefined) this.detector.learn(line, found, nowMs);
    const { start, end, timeMs } = found ?? { start: 0, end: 0, timeMs: undefined };
    const cut: CutLine =
      found === undefined ? ['', '', line] : [line.slice(0, start), line.slice(start, end), line.slice(end)];
    if (timeMs !== undefined) {
      this.#deferred = undefined;
      this.#last = { timeMs, text: cut[1] };
      return { cut, timeMs, found };
    }
    const last = this.#lastDate(nowMs);
    if (last !== undefined && last.timeMs > nowMs - recentMs)
      return { cut: ['', last.text, line], timeMs: last.timeMs, found };
    return { cut, timeMs: found !== undefined && start === end ? nowMs : undefined, found };
  }

  /**
   * Counts lines that have a date in the way of the last one, without reading it.
   *
   * @param lastLine asked for the last of them, should its date be needed
   */
  passOver(count: number, lastLine: () => string, nowMs: number): void {
    const { lastTemplate, ranked } = this.detector;
    const entry = ranked.find(({ template }) => template === lastTemplate);
    if (entry === undefined) return;
    entry.hits += count;
    entry.usedAtMs = nowMs;
    this.#deferred = lastLine;
  }

  #lastDate(nowMs: number): LastDate | undefined {
    if (this.#deferred === undefined) return this.#last;
    const line = this.#deferred();
    this.#deferred = undefined;
    const found = this.detector.find(line, nowMs);
    if (found?.timeMs !== undefined) this.#last = { timeMs: found.timeMs, text: line.slice(found.start, found.end) };
    return this.#last;
  }
}
