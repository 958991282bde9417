import type { DateDetector, FoundDate } from '../dates/date-detector.ts';
import type { RankedTemplate } from '../dates/template-ranking.ts';
import type { CutLine } from './fail-data.ts';
import { Glances, type LineGlance } from './glances.ts';

const recentMs = 60_000;

/** A line's date, and the line cut by it. */
export interface ReportDate {
  readonly cut: CutLine;
  /** Undefined for a line that has no date and follows none of the last minute. */
  readonly timeMs: number | undefined;
  readonly found: FoundDate | undefined;
}

/** A date that was read, with what of the line its template matched. */
interface SameDate {
  readonly text: string;
  readonly found: FoundDate;
  /** Where it has hours, minutes and seconds of two digits each; undefined where it has none. */
  readonly clockAt: number | undefined;
}

const clock = /\b(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\b/;
const clockLength = 8;

function sameDate(line: string, found: FoundDate): SameDate {
  const text = line.slice(found.matchStart, found.matchEnd);
  const at = found.timeMs === undefined ? -1 : text.search(clock);
  return { text, found, clockAt: at === -1 ? undefined : at };
}

interface LastDate {
  readonly timeMs: number;
  readonly text: string;
}

/** Whether a line holds a text at `from`, but for a clock that tells another time of the day. */
function differsInClock(line: string, from: number, text: string, at: number): boolean {
  const behind = at + clockLength;
  if (!line.startsWith(text.slice(0, at), from) || !line.startsWith(text.slice(behind), from + behind)) return false;
  return clock.test(line.slice(from + at, from + behind));
}

/** The same date in another column. */
function movedBy(found: FoundDate, by: number): FoundDate {
  if (by === 0) return found;
  const { start, end, matchStart, matchEnd } = found;
  return { ...found, start: start + by, end: end + by, matchStart: matchStart + by, matchEnd: matchEnd + by };
}

/** Gives lines their dates as fail2ban's own tools do: from every line it learns. */
export class ReportDating {
  readonly detector: DateDetector;
  readonly #exact: boolean;
  readonly #ahead: Glances;
  readonly #within: Glances;
  #same: SameDate | undefined;
  #last: LastDate | undefined;
  #deferred: (() => string) | undefined;
  #entry: RankedTemplate | undefined;

  /** @param exact false where times are not wanted, but that of a line without a date: they may be of the same day */
  constructor(detector: DateDetector, exact: boolean) {
    this.detector = detector;
    this.#exact = exact;
    this.#ahead = new Glances(detector);
    this.#within = new Glances(detector);
  }

  look(line: string, nowMs: number): ReportDate {
    const found = this.#sameAsLast(line, nowMs) ?? this.#find(line, nowMs);
    if (found === undefined) return this.#undated(['', '', line], undefined, nowMs);
    const { start, end, timeMs } = found;
    const cut: CutLine = [line.slice(0, start), line.slice(start, end), line.slice(end)];
    return timeMs === undefined ? this.#undated(cut, found, nowMs) : { cut, timeMs, found };
  }

  /** A line without a time has that of the last line, when that is of the last minute, and is not cut then. */
  #undated(cut: CutLine, found: FoundDate | undefined, nowMs: number): ReportDate {
    const last = this.#lastDate(nowMs);
    if (last !== undefined && last.timeMs > nowMs - recentMs)
      return { cut: ['', last.text, cut.join('')], timeMs: last.timeMs, found };
    return { cut, timeMs: found !== undefined && cut[1] === '' ? nowMs : undefined, found };
  }

  /** Sees at a glance the dates of the lines behind the last one that was read. */
  glanceAhead(): LineGlance | undefined {
    return this.#ahead.now();
  }

  #find(line: string, nowMs: number): FoundDate | undefined {
    // What waits to be read was written in the way of the template that is the last one now.
    this.#lastDate(nowMs);
    const found = this.detector.find(line, nowMs);
    if (found === undefined) return undefined;
    this.detector.learn(line, found, nowMs);
    this.#same = sameDate(line, found);
    this.#keep(line, found);
    return found;
  }

  /** A date that is written as the one before, or on the same day if that will do, is not read again. */
  #sameAsLast(line: string, nowMs: number): FoundDate | undefined {
    const same = this.#same;
    const glance = this.#within.now();
    if (same === undefined || glance?.template !== same.found.template) return undefined;
    const over = glance.endOf(line, 0, line.length);
    const from = glance.place?.start ?? 0;
    const { text, found, clockAt } = same;
    if (over - from !== text.length) return undefined;
    const isSame = line.startsWith(text, from);
    if (!isSame && (this.#exact || clockAt === undefined || !differsInClock(line, from, text, clockAt)))
      return undefined;
    const moved = movedBy(found, from - found.matchStart);
    if (glance.place === undefined) this.#count(1, nowMs);
    else this.detector.learn(line, moved, nowMs);
    if (isSame) this.#keep(line, moved);
    else this.#deferred = () => line;
    return moved;
  }

  #count(count: number, nowMs: number): void {
    const { last, ranked } = this.detector;
    if (this.#entry?.template !== last?.template)
      this.#entry = ranked.find(({ template }) => template === last?.template);
    if (this.#entry === undefined) return;
    this.#entry.hits += count;
    this.#entry.usedAtMs = nowMs;
  }

  /**
   * Counts lines that have a date in the way of the last one, without reading it.
   *
   * @param lastLine asked for the last of them, should its date be needed
   */
  passOver(count: number, lastLine: () => string, nowMs: number): void {
    const { last } = this.detector;
    const place = this.#ahead.last?.place;
    if (last !== undefined && place !== undefined) {
      const { start, end } = place;
      const found = { start, end, timeMs: undefined, template: last.template, matchStart: start, matchEnd: end };
      this.detector.learn(lastLine(), found, nowMs);
      this.#count(count - 1, nowMs);
    } else this.#count(count, nowMs);
    this.#deferred = lastLine;
  }

  #lastDate(nowMs: number): LastDate | undefined {
    if (this.#deferred === undefined) return this.#last;
    const line = this.#deferred();
    this.#deferred = undefined;
    this.#keep(line, this.detector.find(line, nowMs));
    return this.#last;
  }

  #keep(line: string, found: FoundDate | undefined): void {
    if (found?.timeMs === undefined) return;
    this.#deferred = undefined;
    this.#last = { timeMs: found.timeMs, text: line.slice(found.start, found.end) };
  }
}
