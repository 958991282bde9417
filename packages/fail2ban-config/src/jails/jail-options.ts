import { FILTER_OPTIONS } from '../definitions/build-filter.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import { parseTimeMs } from '../syntax/parse-duration.ts';
import { parseOptionList, recordOf } from '../syntax/parse-option-list.ts';
import { readBoolean, readInteger } from '../syntax/read-value.ts';
import type { Interpolator } from '../values/interpolator.ts';
import { placeOf, textOf, type Value } from '../values/value.ts';
import type { BackendName, CountingWindow, JailConfig } from './jail-config.ts';

/** Options of bans that grow, in the order in which fail2ban knows them. */
export const BAN_TIME_OPTIONS = [
  'bantime.increment',
  'bantime.factor',
  'bantime.formula',
  'bantime.multipliers',
  'bantime.maxtime',
  'bantime.rndtime',
  'bantime.overalljails',
] as const;

/** Options that have no field of their own in a jail. */
export const OTHER_OPTIONS: readonly string[] = [
  'ignorecache',
  ...BAN_TIME_OPTIONS,
  'findtime.window',
  'skip_if_nologs',
  'systemd_if_nologs',
];

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

const BACKENDS: ReadonlySet<string> = new Set<BackendName>(['auto', 'polling', 'pyinotify', 'gamin', 'systemd']);

/** A backend as written, and taken apart. */
export type Backend = Pick<JailConfig, 'backend' | 'backendName' | 'backendOptions'>;

const NO_OPTIONS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));
/** What holds where nothing, or nothing usable, is set. */
export const AUTO_BACKEND: Backend = { backend: 'auto', backendName: 'auto', backendOptions: NO_OPTIONS };

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

  /** Milliseconds; a negative one is none. */
  findTime(fallbackMs: number): number {
    const value = this.value('findtime');
    return value === undefined ? fallbackMs : Math.max(0, parseTimeMs(textOf(value), placeOf(value)));
  }

  countingWindow(): CountingWindow {
    const value = this.value('findtime.window');
    const word = this.text('findtime.window')?.toLowerCase() ?? 'estimate';
    if (word === 'estimate' || word === 'exact') return word;
    throw this.#wrong('findtime.window', value ?? [], 'estimate or exact', 'write findtime.window = exact');
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

  backend(): Backend {
    const value = this.value('backend');
    const backend = this.text('backend');
    if (value === undefined || backend === undefined) return AUTO_BACKEND;
    const place = placeOf(value);
    const { name, options } = parseOptionList(backend, place);
    const backendName = name.toLowerCase();
    if (!BACKENDS.has(backendName)) {
      const fault = `there is no backend ${quote(backend)}`;
      throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, `write one of ${[...BACKENDS].join(', ')}`);
    }
    return { backend, backendName: backendName as BackendName, backendOptions: recordOf(options) };
  }

  #wrong(option: string, value: Value, wanted: string, cure: string): Error {
    const fault = `${option} must be ${wanted}, not ${quote(textOf(value))}`;
    return faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_OPTION', fault, cure);
  }
}
