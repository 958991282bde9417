import { check } from '../check.ts';
import type { CalendarOptions } from '../options.ts';

/** {@link CalendarOptions}, checked and with their defaults. */
export interface CalendarSettings {
  readonly productId: string;
  readonly name: string | undefined;
  readonly color: string | undefined;
  readonly url: string | undefined;
  readonly refreshMs: number | undefined;
  readonly slotMs: number;
  readonly compatibility: CalendarOptions['compatibility'];
}

const productIds = {
  svn2ical: '-//SVN2ICAL//kev.coolcavemen.com//',
  maildir2ical: '-//MAILDIR2ICAL//kev.coolcavemen.com//',
} as const;
const yearMs = 366 * 86_400_000;

/** Checks the options. @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
export function calendarSettings(options: CalendarOptions): CalendarSettings {
  const { color, url } = options;
  const compatibility = check.word('compatibility', options.compatibility, undefined, ['svn2ical', 'maildir2ical']);
  if (color !== undefined && !/^[A-Za-z]+$/.test(color)) throw check.bad('color', 'the name of a CSS colour', color);
  if (url !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(url)) throw check.bad('url', 'an absolute address', url);
  return {
    productId:
      check.label('productId', options.productId) ??
      (compatibility === undefined ? '-//Sluice//ical-sink//EN' : productIds[compatibility]),
    name: check.label('name', options.name),
    color,
    url,
    refreshMs: check.integer('refreshMs', options.refreshMs, undefined, 1000, yearMs),
    slotMs: check.integer('slotMs', options.slotMs, 300_000, 0, yearMs),
    compatibility,
  };
}
