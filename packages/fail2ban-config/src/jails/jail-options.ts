import { FILTER_OPTIONS } from '../definitions/build-filter.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import { parseTimeMs } from '../syntax/parse-duration.ts';
import { parseOptionList } from '../syntax/parse-option-list.ts';
import { readBoolean, readInteger } from '../syntax/read-value.ts';
import type { Interpolator } from '../values/interpolator.ts';
import { placeOf, textOf, type Value } from '../values/value.ts';

/** Options that have no field of their own in a jail. */
export const OTHER_OPTIONS = [
  'ignorecache',
  'bantime.increment',
  'bantime.factor',
  'bantime.formula',
  'bantime.multipliers',
  'bantime.maxtime',
  'bantime.rndtime',
  'bantime.overalljails',
  'skip_if_nologs',
  'systemd_if_nologs',
] as const;

/** Options of a jail that its actions may refer to. */
export const JAIL_OPTIONS: ReadonlySet<string> = new Set([
  'enabled',
  'backend',
  'maxretry',
  'maxmatches',
  'findtime',
  'bantime',
  'ignorecommand',
  'ignoreself',
  'ignoreip',
  'filter',
  'logtimezone',
  'logencoding',
  'logpath',
  'action',
  ...OTHER_OPTIONS,
  ...FILTER_OPTIONS,
]);

const BACKENDS = new Set(['auto', 'polling', 'pyinotify', 'gamin', 'systemd']);

/** The options of one jail, by their types. All throw a Fail2banConfigError for a value that does not fit. */
export class JailOptions {
  readonly #interpolator: Interpolator;

  constructor(interpolator: Interpolator) {
    this.#interpolator = interpolator;
  }

  value(option: string): Value | undefined {
    return this.#interpolator.get(option);
  }

  /** `undefined` also for an option that is there and empty. */
  text(option: string): string | undefined {
    const value = this.value(option);
    const text = value && textOf(value).trim();
    return text === '' ? undefined : text;
  }

  boolean(option: string, fallback: boolean): boolean {
    const value = this.value(option);
    return value === undefined ? fallback : readBoolean(option, value);
  }

  count(option: string, fallback: number, min: number): number {
    const value = this.value(option);
    return value === undefined ? fallback : readInteger(option, value, min);
  }

  /** Milliseconds. */
  time(option: string, fallbackMs: number): number {
    const value = this.value(option);
    if (value === undefined) return fallbackMs;
    const timeMs = parseTimeMs(textOf(value), placeOf(value));
    if (timeMs >= 0) return timeMs;
    throw this.#wrong(option, value, 'a time that is not negative', `write ${option} = 10m`);
  }

  /** Milliseconds; `-1` is for ever. */
  banTime(fallbackMs: number): number {
    const value = this.value('bantime');
    if (value === undefined) return fallbackMs;
    const timeMs = parseTimeMs(textOf(value), placeOf(value));
    if (timeMs === -1000) return Number.POSITIVE_INFINITY;
    if (timeMs >= 0) return timeMs;
    throw this.#wrong('bantime', value, 'a time, or -1 for ever', 'write bantime = -1 or bantime = 10m');
  }

  backend(): string {
    const value = this.value('backend');
    const text = this.text('backend') ?? 'auto';
    const place: Place | undefined = value && placeOf(value);
    if (BACKENDS.has(parseOptionList(text, place).name.toLowerCase())) return text;
    const fault = `there is no backend ${quote(text)}`;
    throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, `write one of ${[...BACKENDS].join(', ')}`);
  }

  #wrong(option: string, value: Value, wanted: string, cure: string): Error {
    const fault = `${option} must be ${wanted}, not ${quote(textOf(value))}`;
    return faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_OPTION', fault, cure);
  }
}
