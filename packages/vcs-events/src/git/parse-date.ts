/** A signature's time and zone, and the text where one of them could not be read. */
export interface GitDate {
  readonly timeMs?: number;
  readonly tzMinutes?: number;
  readonly rawDate?: string;
}

const form = /^(-?\d+) ([+-]\d+)$/;
const maxTimeMs = 8.64e15;
const maxZoneMinutes = 14 * 60;

/** `1146431820 +0200`, as `--date=raw` and commit objects have it. */
export function parseDate(text: string): GitDate {
  const [, seconds, zone] = form.exec(text) ?? [];
  if (seconds === undefined || zone === undefined) return { rawDate: text };
  const timeMs = Number(seconds) * 1000;
  if (Math.abs(timeMs) > maxTimeMs) return { rawDate: text };
  const tzMinutes = parseZone(zone);
  return tzMinutes === undefined ? { timeMs, rawDate: text } : { timeMs, tzMinutes };
}

/** `+0530` in minutes; undefined beyond 14 hours. Git drops leading zeros nowhere that this could see. */
function parseZone(text: string): number | undefined {
  const digits = Number(text);
  const minutes = Math.trunc(digits / 100) * 60 + (digits % 100);
  // -0000 is 0, not -0.
  return Math.abs(minutes) <= maxZoneMinutes ? minutes + 0 : undefined;
}
