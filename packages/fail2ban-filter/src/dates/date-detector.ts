import type { DateHit, DateTemplate } from './date-template.ts';
import { defaultTemplates } from './default-templates.ts';
import { OtherTemplates } from './other-templates.ts';
import { ReadTimes } from './read-times.ts';
import { resolveDate } from './resolve-date.ts';
import { type RankedTemplate, TemplateRanking } from './template-ranking.ts';
import { systemZone, type TimeZone } from './time-zone.ts';

/** A date found in a line; positions are UTF-16 indices. */
export interface FoundDate {
  /** What is cut out of the line; both equal where a pattern says that there is no date. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds since the epoch; undefined when the text is empty or names no time (30 February). */
  readonly timeMs: number | undefined;
  readonly template: DateTemplate;
  /** Where the template's whole regex matched. */
  readonly matchStart: number;
  readonly matchEnd: number;
}

interface Choice {
  readonly template: DateTemplate;
  readonly hit: DateHit;
}

/** Where the last date stood in its line. */
export interface LastPlace {
  readonly template: DateTemplate;
  readonly start: number;
  readonly end: number;
  readonly around: Borders;
}

/** The characters on both sides of a place's two ends. */
interface Borders {
  readonly beforeStart: string;
  readonly atStart: string;
  readonly beforeEnd: string;
  readonly atEnd: string;
}

const bordersOf = (line: string, start: number, end: number): Borders => ({
  beforeStart: line.charAt(start - 1),
  atStart: line.charAt(start),
  beforeEnd: line.charAt(end - 1),
  atEnd: line.charAt(end),
});

const noBorders: Borders = { beforeStart: '', atStart: '', beforeEnd: '', atEnd: '' };

const isSign = (char: string): boolean => !/[\p{L}\p{N}]/u.test(char);

/** Whether a date may stand between the same signs as last time, though the text around may be another. */
function bordersAgree(now: Borders, last: Borders): boolean {
  return (
    (now.beforeStart === last.beforeStart || (now.atStart === last.atStart && isSign(last.atStart))) &&
    (now.atEnd === last.atEnd || (now.beforeEnd === last.beforeEnd && isSign(last.beforeEnd)))
  );
}

/** A hit in a part of the line, with positions in the line. */
function hitWithin(template: DateTemplate, line: string, start: number, end: number): DateHit | undefined {
  const hit = template.match(line.slice(start, end));
  return (
    hit && {
      start: hit.start + start,
      end: hit.end + start,
      matchStart: hit.matchStart + start,
      matchEnd: hit.matchEnd + start,
      read: () => hit.read(),
    }
  );
}

/** Until a date was learnt, one that begins further right is suspect. */
const firstDistance = 1;

/**
 * Finds the date of a line, by fail2ban's rule:
 *
 * 1. The template of the last date goes first: one bound to the line's beginning or end, or the only one, wins with any
 *    hit; any other only with a hit at the very place of the last date.
 * 2. Else all are tried in turn. A bound one wins when it hits; another does when it hits no further right than the last
 *    date and than its own last hit, or when none is left to try. Of all hits that did not win, the leftmost is taken:
 *    a date further right than before may be somebody's text.
 * 3. {@link DateDetector.learn} makes a found date the last one, and moves its template forward.
 *
 * {@link DateDetector.find} changes nothing, so that a caller decides which lines teach.
 */
export class DateDetector {
  #ranking: TemplateRanking;
  readonly #zone: TimeZone;
  #last: LastPlace | undefined;
  readonly #times: ReadTimes = new ReadTimes();
  readonly #others: OtherTemplates = new OtherTemplates();

  /**
   * @param templates tried in this order at first; default {@link defaultTemplates}
   * @param zone of dates that name none; default the machine's
   */
  constructor(templates: readonly DateTemplate[] = defaultTemplates(), zone: TimeZone = systemZone) {
    this.#ranking = new TemplateRanking(templates);
    this.#zone = zone;
  }

  /** One that goes on from here, apart from this one. */
  copy(): DateDetector {
    const copy = new DateDetector([], this.#zone);
    copy.#ranking = this.#ranking.copy();
    copy.#last = this.#last;
    return copy;
  }

  /** The templates with their hits, in the order in which they are tried now. */
  get ranked(): readonly RankedTemplate[] {
    return this.#ranking.ranked;
  }

  /** Template and place of the last learnt date. */
  get last(): LastPlace | undefined {
    return this.#last;
  }

  /**
   * Finds a line's date.
   *
   * @param nowMs what a date without a year or a day is near to
   */
  find(line: string, nowMs: number): FoundDate | undefined {
    const quick = this.#lookQuickly(line, nowMs);
    if (quick !== undefined) return quick;
    const choice = this.#choose(line);
    if (choice === undefined) return undefined;
    const { template, hit } = choice;
    const { start, end, matchStart, matchEnd } = hit;
    const timeMs = this.#timeOf(hit, nowMs);
    if (timeMs !== undefined) this.#times.remember(template, line.slice(start, end), nowMs, timeMs);
    return { start, end, timeMs, template, matchStart, matchEnd };
  }

  /** The date of a line that begins as the last one did, if it was not long ago or is easily told. */
  #lookQuickly(line: string, nowMs: number): FoundDate | undefined {
    const template = this.#last?.template;
    if (template?.anchored !== true) return undefined;
    const end = template.endAtStart(line);
    if (end === -1) return undefined;
    const timeMs = this.#times.timeOf(template, line.slice(0, end), nowMs);
    return timeMs === undefined ? undefined : { start: 0, end, timeMs, template, matchStart: 0, matchEnd: end };
  }

  /** Makes a date that {@link find} found in `line` the last one. */
  learn(line: string, date: FoundDate, nowMs: number): void {
    const { template, matchStart, matchEnd } = date;
    const wasLast = this.#last?.template === template;
    // A bound template is not looked for in the place of the last date.
    const around = template.anchored ? noBorders : bordersOf(line, matchStart, matchEnd);
    this.#last = { template, start: matchStart, end: matchEnd, around };
    const index = this.#ranking.hit(template, matchStart, nowMs);
    if (index > 0 && !wasLast) this.#ranking.promote(index);
  }

  #timeOf(hit: DateHit, nowMs: number): number | undefined {
    const reading = hit.read();
    if (reading.kind === 'fields') return resolveDate(reading.fields, this.#zone, nowMs);
    return reading.kind === 'instant' ? reading.timeMs : undefined;
  }

  #choose(line: string): Choice | undefined {
    const last = this.#last;
    if (last === undefined) return this.#search(line, undefined, undefined);
    const { template, start, end } = last;
    const inPlace = !template.anchored && bordersAgree(bordersOf(line, start, end), last.around);
    const hit = inPlace ? hitWithin(template, line, start, end) : template.match(line);
    const again = hit && { template, hit };
    if (again !== undefined) {
      if (template.anchored || this.#ranking.ranked.length === 1) return again;
      if (again.hit.matchStart === start && again.hit.matchEnd === end) return again;
    }
    return this.#search(line, again, inPlace ? undefined : template);
  }

  /**
   * @param reserve taken when no other hit is further left
   * @param tried a template that need not be tried again
   */
  #search(line: string, reserve: Choice | undefined, tried: DateTemplate | undefined): Choice | undefined {
    const lastDistance = this.#last?.start ?? firstDistance;
    const { ranked } = this.#ranking;
    if (reserve !== undefined && tried !== undefined && this.#others.miss(ranked, tried, line)) return reserve;
    let leftmost = reserve;
    // A hit behind both the reserve and the last date loses, save the last template's.
    const bound = reserve && Math.max(reserve.hit.matchStart, lastDistance);
    for (const { template, distance } of ranked) {
      const isLast = template === ranked.at(-1)?.template;
      const winsAnywhere = template.anchored || isLast;
      const hit = template === tried ? undefined : template.match(line, winsAnywhere ? undefined : bound);
      if (hit === undefined) continue;
      const near = hit.matchStart <= distance && hit.matchStart <= lastDistance;
      if (near || winsAnywhere) return { template, hit };
      if (leftmost === undefined || hit.matchStart < leftmost.hit.matchStart) leftmost = { template, hit };
    }
    return leftmost;
  }
}
