import { zoneAbbreviations } from './zone-abbreviations.ts';

const spelling = /^([A-Za-z]{1,5})?(?:([+-])([01]\d)(?::?(\d{2}))?)?$/;

/**
 * Reads a zone as log dates and fail2ban's `logtimezone` write it: `Z`, `UTC`, `CEST`, `+0200`, `+02:00`, `+02`,
 * `UTC+0200`.
 *
 * @returns minutes east of UTC; undefined when the text is none of these
 */
export function zoneOffset(text: string): number | undefined {
  const [whole, name, sign, hours, minutes = '0'] = spelling.exec(text) ?? [];
  if (!whole) return undefined;
  const base = name === undefined ? 0 : zoneAbbreviations.get(name.toUpperCase());
  if (base === undefined || hours === undefined) return base;
  return base + (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
