import type { CalendarSettings } from './calendar-settings.ts';
import { ContentLines } from './content-lines.ts';
import { duration } from './duration.ts';
import { percentEncode } from './percent-encode.ts';

/** What stands before the first event (RFC 5545, 3.4 and 3.6; RFC 7986). No METHOD: that is for invitations. */
export function calendarHead(settings: CalendarSettings): Buffer {
  const { productId, name, refreshMs, url, color } = settings;
  const lines = new ContentLines();
  const text = (property: string, value: string): void => {
    lines.ascii(property);
    lines.text(value);
    lines.endLine();
  };
  lines.lines('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n');
  text('PRODID:', productId);
  lines.lines('CALSCALE:GREGORIAN\r\n');
  if (name !== undefined) {
    text('NAME:', name);
    text('X-WR-CALNAME:', name);
  }
  if (refreshMs !== undefined) {
    const interval = duration(refreshMs);
    lines.lines(`REFRESH-INTERVAL;VALUE=DURATION:${interval}\r\nX-PUBLISHED-TTL:${interval}\r\n`);
  }
  if (url !== undefined) {
    lines.ascii(`URL:${percentEncode(url)}`);
    lines.endLine();
  }
  if (color !== undefined) lines.lines(`COLOR:${color}\r\n`);
  return lines.bytes;
}
