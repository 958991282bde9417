import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import { parseTimeMs } from '../syntax/parse-duration.ts';
import { parseOptionList } from '../syntax/parse-option-list.ts';
import type { IgnoreCache } from './jail-config.ts';

const DEFAULT_COUNT = 100;
const DEFAULT_TIME_MS = 300_000;

/**
 * Reads `ignorecache`: `key="<ip>", max-count=100, max-time=5m`.
 * @returns `undefined` where it is empty
 * @throws Fail2banConfigError
 */
export function readIgnoreCache(text: string, place?: Place): IgnoreCache | undefined {
  if (text.trim() === '') return undefined;
  const options = new Map(
    parseOptionList(`cache[${text}]`, place).options.map((option) => [option.name, option.value]),
  );
  const wrong = (fault: string): Error =>
    faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, 'write ignorecache = key="<ip>", max-count=100, max-time=5m');
  const key = options.get('key') ?? '';
  if (key === '') throw wrong('ignorecache has no key');
  const count = options.get('max-count');
  const maxCount = count === undefined ? DEFAULT_COUNT : /^\d{1,9}$/.test(count) ? Number(count) : 0;
  if (maxCount === 0)
    throw wrong(`max-count of ignorecache must be a whole number of at least 1, not ${quote(count ?? '')}`);
  const time = options.get('max-time');
  const maxTimeMs = time === undefined ? DEFAULT_TIME_MS : parseTimeMs(time, place);
  if (maxTimeMs < 0) throw wrong(`max-time of ignorecache must not be negative, as ${quote(time ?? '')} is`);
  return Object.freeze({ key, maxCount, maxTimeMs });
}
