import type { TimeZone } from '@sluice/fail2ban-filter';

const local = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;
const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

function fromLocal(text: string, zone: TimeZone): number | undefined {
  const [, ...parts] = local.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const nearMs = localMs - zone.offsetMsAt(localMs);
  return localMs - zone.offsetMsAt(nearMs);
}

/**
 * Reads a time: seconds since 1970 as number or text, `2005-08-14T10:00:00Z`, or a local time `2005-08-14 12:00:00`.
 *
 * @returns milliseconds since 1970; undefined for anything else
 */
export function readTime(value: unknown, zone: TimeZone): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value * 1000);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  if (!zoned.test(text)) return fromLocal(text, zone);
  const timeMs = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
