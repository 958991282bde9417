import type { DateDetector, FoundDate } from '../dates/date-detector.ts';

/** A date that is older or newer than this, in a line that was just written, is a mistake of its clock or zone. */
export const maxSkewMs = 60_000;

/** A line's date, and what of the line is searched. */
export interface Dating {
  readonly date: FoundDate | undefined;
  /** What is cut out before the line is searched, in UTF-16 indices; both 0 when nothing is. */
  readonly cutStart: number;
  readonly cutEnd: number;
  readonly timeMs: number;
  /** True when the line has no date that can be read, though it should. */
  readonly undated: boolean;
  /** True when the time is only now, for want of a better one. */
  readonly assumed: boolean;
}

/** Gives lines their times, fail2ban's way. */
export class LineDating {
  readonly #detector: DateDetector;
  #lastMs: number | undefined;

  constructor(detector: DateDetector) {
    this.#detector = detector;
  }

  /** One that goes on from here, apart from this one. */
  copy(): LineDating {
    const copy = new LineDating(this.#detector.copy());
    copy.#lastMs = this.#lastMs;
    return copy;
  }

  /**
   * Finds a line's date, and learns nothing from it.
   *
   * A line without one that can be read is searched uncut and gets the last learnt time when that is less than a
   * minute ago; else it gets `nowMs`, and a date text that names no time is still cut.
   */
  look(line: string, nowMs: number): Dating {
    const date = this.#detector.find(line, nowMs);
    if (date?.timeMs !== undefined)
      return { date, cutStart: date.start, cutEnd: date.end, timeMs: date.timeMs, undated: false, assumed: false };
    const undated = date === undefined || date.end > date.start;
    const isRecent = this.#lastMs !== undefined && this.#lastMs > nowMs - maxSkewMs;
    if (isRecent) return { date, cutStart: 0, cutEnd: 0, timeMs: this.#lastMs as number, undated, assumed: false };
    return { date, cutStart: date?.start ?? 0, cutEnd: date?.end ?? 0, timeMs: nowMs, undated, assumed: true };
  }

  /**
   * Learns from what {@link look} found in `line`.
   *
   * @param live the line was just written: a date over a minute away is taken for now. Default false
   */
  learn(line: string, { date }: Dating, nowMs: number, live: boolean = false): void {
    if (date === undefined) return;
    this.#detector.learn(line, date, nowMs);
    if (date.timeMs === undefined) return;
    this.#lastMs = live && Math.abs(date.timeMs - nowMs) > maxSkewMs ? nowMs : date.timeMs;
  }
}
