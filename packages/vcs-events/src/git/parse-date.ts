/** A signature's time and zone, and the text where one of them could not be read. */
export interface GitDate {
  readonly timeMs?: number;
  readonly tzMinutes?: number;
  readonly rawDate?: string;
}

const form = /^(-?\d+) ([+-]\d+)$/;
const maxTimeMs = 8.64e15;
const maxZoneMinutes = 14 * 60;
const zoneChars = '+0000'.length;
/** Minutes by the text of a zone of four digits; there are at most 20,000. */
const zones = new Map<string, number | undefined>();

/** `1146431820 +0200`, as `--date=raw` and commit objects have it. */
export function parseDate(text: string): GitDate {
  const blank = text.length - zoneChars - 1;
  const seconds = plainNumber(text, blank);
  const tzMinutes = seconds === undefined ? undefined : knownZone(text.slice(blank + 1));
  // Nearly all dates are plain ones.
  if (seconds !== undefined && tzMinutes !== undefined) return { timeMs: seconds * 1000, tzMinutes };
  return parseAny(text);
}

/** The digits before a blank at `end`, at most twelve; undefined for anything else. */
function plainNumber(text: string, end: number): number | undefined {
  if (end < 1 || end > 12 || text.charCodeAt(end) !== 0x20) return undefined;
  let number = 0;
  for (let at = 0; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

function knownZone(text: string): number | undefined {
  if (zones.has(text)) return zones.get(text);
  if (!/^[+-]\d{4}$/.test(text)) return undefined;
  const minutes = parseZone(text);
  zones.set(text, minutes);
  return minutes;
}

function parseAny(text: string): GitDate {
  const [, seconds, zone] = form.exec(text) ?? [];
  if (seconds === undefined || zone === undefined) return { rawDate: text };
  const timeMs = Number(seconds) * 1000;
  if (Math.abs(timeMs) > maxTimeMs) return { rawDate: text };
  const tzMinutes = parseZone(zone);
  return tzMinutes === undefined ? { timeMs, rawDate: text } : { timeMs, tzMinutes };
}

/** `+0530` in minutes; undefined beyond 14 hours. */
function parseZone(text: string): number | undefined {
  const digits = Number(text);
  const minutes = Math.trunc(digits / 100) * 60 + (digits % 100);
  // -0000 is 0, not -0.
  return Math.abs(minutes) <= maxZoneMinutes ? minutes + 0 : undefined;
}
