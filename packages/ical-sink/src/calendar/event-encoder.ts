import type { Activity } from '@sluice/pipeline';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarSettings } from './calendar-settings.ts';
import { ContentLines } from './content-lines.ts';
import { percentEncode } from './percent-encode.ts';
import { sanitizeText } from './sanitize-text.ts';
import { utcTime } from './utc-time.ts';

const noTitle = '(no message)';
/** A property with nothing but blanks is one without a value to some readers, which is an error to them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are dropped, so they do not count.
const visible = /[^\s\u0000-\u001f\u007f]/;

/** Makes VEVENTs of activities, as bytes, one after the other in the same memory. */
export class EventEncoder {
  readonly #lines: ContentLines = new ContentLines();
  readonly #settings: CalendarSettings;

  constructor(settings: CalendarSettings) {
    this.#settings = settings;
  }

  /**
   * One VEVENT (RFC 5545, 3.6.1). Nothing for an activity that is `removed`.
   *
   * @returns a view that is good until the next call
   * @throws IcalSinkError `ERR_ICAL_SINK_UID`, `ERR_ICAL_SINK_DATE`
   */
  encode(activity: Activity): Buffer {
    const lines = this.#lines;
    lines.clear();
    if (activity.removed === true) return lines.bytes;
    const { slotMs, compatibility } = this.#settings;
    const { startMs, endMs, recordedMs, text, categories, url, sequence } = activity;
    const start = timeOf(activity, endMs === undefined ? startMs - slotMs : startMs);
    const end = timeOf(activity, endMs ?? startMs);

    lines.lines('BEGIN:VEVENT\r\n');
    if (!this.#property('UID:', activity.uid))
      throw new IcalSinkError('ERR_ICAL_SINK_UID', 'an activity without a uid');
    lines.endLine();
    // Nothing hangs on when it was put on record: a date that cannot be written gives way to the activity's own.
    const recorded = recordedMs === undefined ? undefined : utcTime(recordedMs);
    const stamp = compatibility === undefined ? (recorded ?? utcTime(startMs)) : start;
    lines.lines(`DTSTAMP:${stamp}\r\nDTSTART:${start}\r\n${end > start ? `DTEND:${end}\r\n` : ''}`);
    if (!this.#property('SUMMARY:', sanitizeText(activity.title).trim())) lines.ascii(noTitle);
    lines.endLine();
    if (text !== undefined && visible.test(text)) {
      this.#property('DESCRIPTION:', text);
      lines.endLine();
    }
    if (categories !== undefined) this.#categories(categories);
    if (url !== undefined && url !== '') {
      lines.ascii(`URL:${percentEncode(url)}`);
      lines.endLine();
    }
    if (Number.isSafeInteger(sequence) && (sequence as number) > 0) lines.lines(`SEQUENCE:${sequence}\r\n`);
    if (compatibility !== undefined) lines.lines('PRIORITY:5\r\n');
    lines.lines('TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n');
    return lines.bytes;
  }

  /** Begins a line with a TEXT value. False when nothing of the value could be written. */
  #property(name: string, value: string): boolean {
    this.#lines.ascii(name);
    const { length } = this.#lines;
    this.#lines.text(value);
    return this.#lines.length > length;
  }

  #categories(categories: readonly string[]): void {
    let name = 'CATEGORIES:';
    for (const category of categories) {
      const clean = sanitizeText(category).trim();
      if (clean === '') continue;
      this.#property(name, clean);
      name = ',';
    }
    if (name === ',') this.#lines.endLine();
  }
}

function timeOf(activity: Activity, timeMs: number): string {
  const time = utcTime(timeMs);
  if (time !== undefined) return time;
  const fault = `a time of ${timeMs} ms is not within the years 0 to 9999`;
  throw new IcalSinkError('ERR_ICAL_SINK_DATE', fault, { value: activity.uid });
}
