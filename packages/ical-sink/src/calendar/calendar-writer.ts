import type { Activity } from '@sluice/pipeline';
import type { CalendarOptions } from '../options.ts';
import { calendarFoot } from './calendar-foot.ts';
import { calendarHead } from './calendar-head.ts';
import { calendarSettings } from './calendar-settings.ts';
import { EventEncoder } from './event-encoder.ts';

/**
 * Writes a calendar (RFC 5545, RFC 7986) piece by piece: `head()`, any number of `event(…)`, `foot()`, joined as they are.
 *
 * - Every line ends in CR LF and has at most 75 octets of valid UTF-8, folded between characters.
 * - Times are UTC, so no VTIMEZONE is needed. DTSTAMP is `recordedMs`, else `startMs`, never the present time: the same
 *   activity gives the same bytes, in whatever order and company it comes.
 * - An activity at an instant becomes the block of `slotMs` that ends at the instant; one with `endMs` its own length.
 * - TEXT is escaped; line breaks of all kinds become `\n`; other control characters but TAB are dropped; surrogates that
 *   stand alone become U+FFFD. Addresses are percent-encoded. No data can add a line of its own.
 */
export class CalendarWriter {
  readonly #head: string;
  readonly #encoder: EventEncoder;

  /** @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
  constructor(options: CalendarOptions = {}) {
    const settings = calendarSettings(options);
    this.#head = calendarHead(settings).toString();
    this.#encoder = new EventEncoder(settings);
  }

  /** BEGIN:VCALENDAR and the calendar's own properties. */
  head(): string {
    return this.#head;
  }

  /**
   * The activity's VEVENT; the empty string for one that is `removed`.
   *
   * @throws IcalSinkError `ERR_ICAL_SINK_DATE` for a time before the year 0 or after 9999, `ERR_ICAL_SINK_UID` for an empty
   * uid
   */
  event(activity: Activity): string {
    return this.#encoder.encode(activity).toString();
  }

  /** END:VCALENDAR. */
  foot(): string {
    return calendarFoot;
  }
}
