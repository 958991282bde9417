import { unescapeText } from '../calendar/unescape-text.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import { notACalendar } from './target.ts';

/** An event of a calendar file. */
export interface ScannedEvent {
  /** Its uid, unescaped; undefined for one without, and for one that overrides an occurrence of another. */
  readonly uid: string | undefined;
  /** Its SEQUENCE; 0 where it has none. */
  readonly sequence: number;
  /** Byte offsets in the file: of BEGIN:VEVENT, and after END:VEVENT's line break. */
  readonly start: number;
  readonly end: number;
  /** Its bytes: a view that is good during the call. */
  readonly bytes: Buffer;
}

/** Where the parts of a calendar file are, as byte offsets. */
export interface CalendarBounds {
  /** Beginning of the first event; of the last END:VCALENDAR when there is none. */
  readonly headEnd: number;
  /** Beginning of the last END:VCALENDAR. */
  readonly tailStart: number;
  /** How many VCALENDAR objects there are. */
  readonly calendars: number;
}

const maxDepth = 64;
/** A longer UID is nobody's, and stays what it is. */
const maxUidBytes = 65_536;
const maxSequenceBytes = 1000;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const [lf, cr, space, tab] = [0x0a, 0x0d, 0x20, 0x09];
const letters = { b: 0x62, e: 0x65, u: 0x75, r: 0x72, s: 0x73 };

/**
 * Finds the events in a calendar file that is given piece by piece, and nothing else: what is not an event is only gone over.
 *
 * Looks at the beginnings of lines alone, so a description that says BEGIN:VEVENT is a description. Takes bare LF for a line
 * end, TAB for a fold, and names in any case, as other programs write them.
 */
export class CalendarScanner {
  readonly #file: string;
  readonly #visit: (event: ScannedEvent) => void;
  readonly #open: { readonly name: string; readonly line: number }[] = [];
  #line = 0;
  /** File offset of the next line. */
  #next = 0;
  /** Of the present event; -1 outside. */
  #eventStart = -1;
  #firstEvent = -1;
  #tailStart = -1;
  #calendars = 0;
  /** The UID line as far as it is known, one character per byte; undefined when the present line is no part of it. */
  #uidLine: string | undefined;
  #uid: string | undefined;
  #overrides = false;
  #sequence = 0;

  /** @param file for messages */
  constructor(file: string, visit: (event: ScannedEvent) => void) {
    this.#file = file;
    this.#visit = visit;
  }

  /**
   * Goes over the whole lines in `buffer`.
   *
   * @param base file offset of `buffer[0]`
   * @returns index in the buffer of the first byte that has to be there at the next call
   * @throws IcalSinkError `ERR_ICAL_SINK_FORMAT`
   */
  scan(buffer: Buffer, base: number): number {
    for (;;) {
      const start = this.#next - base;
      const feed = buffer.indexOf(lf, start);
      if (feed < 0) break;
      this.#takeLine(buffer, start, feed, base);
    }
    return (this.#eventStart < 0 ? this.#next : this.#eventStart) - base;
  }

  /** Takes what is left as the last line. @throws IcalSinkError `ERR_ICAL_SINK_FORMAT`, `ERR_ICAL_SINK_TRUNCATED` */
  finish(buffer: Buffer, base: number): CalendarBounds {
    const start = this.#next - base;
    if (start < buffer.length) this.#takeLine(buffer, start, buffer.length, base);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) {
      const details = { file: this.#file, line: unclosed.line, cure: 'restore it from a copy, or move it away' };
      const fault = `the file ends within the ${unclosed.name} that begins here`;
      throw new IcalSinkError('ERR_ICAL_SINK_TRUNCATED', fault, details);
    }
    if (this.#calendars === 0) throw notACalendar(this.#file, 1);
    const headEnd = this.#firstEvent < 0 ? this.#tailStart : this.#firstEvent;
    return { headEnd, tailStart: this.#tailStart, calendars: this.#calendars };
  }

  /** @param feed index of its LF, or past the last byte */
  #takeLine(buffer: Buffer, lineStart: number, feed: number, base: number): void {
    this.#line += 1;
    this.#next = base + Math.min(feed + 1, buffer.length);
    const start = this.#line === 1 && buffer.subarray(0, 3).equals(byteOrderMark) ? 3 : lineStart;
    const end = feed > start && buffer[feed - 1] === cr ? feed - 1 : feed;
    const first = buffer[start] as number;
    if (start < end && (first === space || first === tab)) {
      if (this.#uidLine !== undefined) this.#uidLine += buffer.toString('latin1', start + 1, end);
      if (this.#open.length === 0) throw notACalendar(this.#file, this.#line);
      return;
    }
    if (this.#uidLine !== undefined) this.#endUid();
    if (start === end) return;
    const letter = first | 0x20;
    if (letter === letters.b || letter === letters.e) {
      if (this.#takeBoundary(buffer, start, end, base)) return;
    } else if (this.#eventStart >= 0 && this.#open.length === 2) {
      if (letter === letters.u && isProperty(buffer, start, end, 'UID')) {
        this.#uidLine = buffer.toString('latin1', start, end);
      } else if (letter === letters.r && isProperty(buffer, start, end, 'RECURRENCE-ID')) {
        this.#overrides = true;
      } else if (letter === letters.s && isProperty(buffer, start, end, 'SEQUENCE')) {
        const line = buffer.toString('latin1', start, Math.min(end, start + maxSequenceBytes));
        this.#sequence = Number.parseInt(line.slice(valueStart(line)), 10) || 0;
      }
    }
    if (this.#open.length === 0) throw notACalendar(this.#file, this.#line);
  }

  /** BEGIN or END of a component; false for another line. */
  #takeBoundary(buffer: Buffer, start: number, end: number, base: number): boolean {
    const isBegin = isProperty(buffer, start, end, 'BEGIN');
    if (!isBegin && !isProperty(buffer, start, end, 'END')) return false;
    const colon = buffer.indexOf(0x3a, start);
    const name = buffer
      .toString('latin1', colon + 1, Math.min(end, colon + 101))
      .trim()
      .toUpperCase();
    if (isBegin) this.#begin(name, base + start);
    else this.#end(name, base + start, buffer, base);
    return true;
  }

  #begin(name: string, offset: number): void {
    const depth = this.#open.length;
    if ((depth === 0) !== (name === 'VCALENDAR') || depth === maxDepth) throw notACalendar(this.#file, this.#line);
    this.#open.push({ name, line: this.#line });
    if (depth === 0) this.#calendars += 1;
    if (depth !== 1 || name !== 'VEVENT') return;
    if (this.#firstEvent < 0) this.#firstEvent = offset;
    this.#eventStart = offset;
    this.#uid = undefined;
    this.#overrides = false;
    this.#sequence = 0;
  }

  #end(name: string, offset: number, buffer: Buffer, base: number): void {
    const opened = this.#open.pop();
    if (opened?.name !== name) {
      const details = { file: this.#file, line: this.#line, cure: 'restore it from a copy, or move it away' };
      throw new IcalSinkError('ERR_ICAL_SINK_FORMAT', `END:${name} without its BEGIN`, details);
    }
    if (this.#open.length === 0) this.#tailStart = offset;
    if (this.#open.length !== 1 || this.#eventStart < 0) return;
    const start = this.#eventStart;
    this.#eventStart = -1;
    const uid = this.#overrides ? undefined : this.#uid;
    const end = this.#next;
    this.#visit({ uid, sequence: this.#sequence, start, end, bytes: buffer.subarray(start - base, end - base) });
  }

  #endUid(): void {
    const line = this.#uidLine ?? '';
    this.#uidLine = undefined;
    if (line.length > maxUidBytes) return;
    const value = line.slice(valueStart(line));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: tells ASCII from the rest.
    const text = /^[\u0000-\u007f]*$/.test(value) ? value : Buffer.from(value, 'latin1').toString();
    this.#uid = unescapeText(text);
  }
}

/** Whether a line is of this property: its name, then a colon or a semicolon. */
function isProperty(buffer: Buffer, start: number, end: number, name: string): boolean {
  const { length } = name;
  if (end - start <= length) return false;
  const after = buffer[start + length];
  if (after !== 0x3a && (after !== 0x3b || name === 'BEGIN' || name === 'END')) return false;
  for (let i = 0; i < length; i += 1) {
    if (((buffer[start + i] as number) & 0xdf) !== (name.charCodeAt(i) & 0xdf)) return false;
  }
  return true;
}

/** Index after the colon that ends the name and the parameters, whose quoted values may hold colons. */
function valueStart(line: string): number {
  const match = /^[^:;]*(?:;(?:[^":]|"[^"]*")*)?:/.exec(line);
  return match === null ? line.length : match[0].length;
}
