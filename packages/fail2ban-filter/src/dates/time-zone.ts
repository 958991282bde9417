import { Fail2banFilterError } from '../fail2ban-filter-error.ts';
import { zoneOffset } from './zone-offset.ts';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
const maxCached = 256;

/** What a clock on the wall shows, as its distance from UTC. */
export interface TimeZone {
  /** Milliseconds that local time is ahead of UTC at the instant `utcMs`. */
  offsetMsAt(utcMs: number): number;
}

/** The machine's own zone. */
export const systemZone: TimeZone = { offsetMsAt: (utcMs) => -new Date(utcMs).getTimezoneOffset() * minuteMs };

/** A zone without daylight saving. */
export const fixedZone = (minutes: number): TimeZone => ({ offsetMsAt: () => minutes * minuteMs });

/** A zone of the IANA database; throws a RangeError when there is none of that name. */
export function ianaZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (utcMs: number): number => {
    const part = new Map(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const at = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) as number;
    return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')) - utcMs;
  };
  // Asking Intl costs microseconds, and zones change only on quarters of an hour.
  const cache = new Map<number, number>();
  return {
    offsetMsAt(utcMs) {
      const quarter = Math.floor(utcMs / quarterMs);
      let offset = cache.get(quarter);
      if (offset === undefined) {
        offset = offsetAt(quarter * quarterMs);
        if (cache.size >= maxCached) cache.clear();
        cache.set(quarter, offset);
      }
      return offset;
    },
  };
}

/**
 * The instant at which a clock of `zone` shows `localMs` (a local time counted as if it were UTC).
 *
 * An hour that a clock shows twice is its first; an hour that it skips is as far behind the change as it was meant to
 * be: 02:30 in a spring night is 03:30. `mktime(3)` leaves both open.
 */
export function localToUtcMs(localMs: number, zone: TimeZone): number {
  const before = zone.offsetMsAt(localMs - dayMs);
  const after = zone.offsetMsAt(localMs + dayMs);
  if (before === after || zone.offsetMsAt(localMs - before) === before) return localMs - before;
  return zone.offsetMsAt(localMs - after) === after ? localMs - after : localMs - before;
}

function tryIana(name: string): TimeZone | undefined {
  try {
    return ianaZone(name);
  } catch {
    return undefined;
  }
}

/**
 * Reads a zone from configuration: an offset or abbreviation as {@link zoneOffset} does, or an IANA name.
 *
 * @param prefer which reading wins for what is both, such as `CET`: fail2ban's fixed offset or the zone with its
 *   daylight saving
 */
export function parseTimeZone(text: string, option: string, prefer: 'offset' | 'iana'): TimeZone {
  const minutes = zoneOffset(text);
  const fixed = minutes === undefined ? undefined : fixedZone(minutes);
  const zone = prefer === 'offset' ? (fixed ?? tryIana(text)) : (tryIana(text) ?? fixed);
  if (zone !== undefined) return zone;
  throw new Fail2banFilterError('ERR_FAIL2BAN_FILTER_ZONE', `${option} is no time zone: ${JSON.stringify(text)}`, {
    value: text,
    cure: 'write an offset (+02:00), an abbreviation (CEST) or an IANA name (Europe/Paris)',
  });
}
