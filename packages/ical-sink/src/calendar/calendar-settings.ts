import { badOption, integerOption, textOption, wordOption } from '../option-check.ts';
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
  const compatibility = wordOption('compatibility', options.compatibility, ['svn2ical', 'maildir2ical']);
  if (color !== undefined && !/^[A-Za-z]+$/.test(color)) throw badOption('color', 'the name of a CSS colour', color);
  if (url !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(url)) throw badOption('url', 'an absolute address', url);
  return {
    productId:
      textOption('productId', options.productId) ??
      (compatibility === undefined ? '-//Sluice//ical-sink//EN' : productIds[compatibility]),
    name: textOption('name', options.name),
    color,
    url,
    refreshMs: integerOption('refreshMs', options.refreshMs, undefined, 1000, yearMs),
    slotMs: integerOption('slotMs', options.slotMs, 300_000, 0, yearMs),
    compatibility,
  };
}
