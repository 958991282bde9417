import type { UseDns } from '@sluice/fail2ban-config';
import { type Clock, type Metrics, type RejectSink, systemClock } from '@sluice/pipeline';
import { parseTimeZone, systemZone, type TimeZone } from './dates/time-zone.ts';
import { Fail2banFilterError } from './fail2ban-filter-error.ts';
import { type LogEncoding, parseLogEncoding } from './lines/log-encoding.ts';
import type { NamedFailure } from './named-failure.ts';

/** Something that a person should look at; about dates it is said at most once a day for each kind. */
export interface FilterNotice {
  /**
   * - `shifted`: a line just written is over a minute away from now, so its clock or zone is wrong; it counts as of now.
   * - `old`: a line was left out because it is older than `findTimeMs` (without a date: `undated`).
   * - `undated`: a line matched, but has no date that can be read.
   * - `name`: a host name counts for the addresses that it has now (`usedns = warn`).
   */
  readonly kind: 'shifted' | 'old' | 'undated' | 'name';
  /** One line for people, with the cure. */
  readonly message: string;
  readonly path: string;
  readonly offset: number;
  /** The line's own time; undefined when it has none. */
  readonly timeMs: number | undefined;
}

/** Options of {@link compileFilter}. */
export interface FilterOptions {
  /**
   * What `<HOST>` may match and what becomes of host names: `no` leaves names out; `yes` and `warn` hand them to
   * {@link names}; `raw` counts the name itself. Default: the filter's own, else `warn`.
   */
  readonly useDns?: UseDns | undefined;
  /**
   * fail2ban's `logencoding`: how the bytes of a log are text. Default `auto`: UTF-8. UTF-16 and its like are refused.
   */
  readonly encoding?: string | undefined;
  /** Zone of dates that name none: an IANA name, an offset or a zone made otherwise. Default: the machine's. */
  readonly timeZone?: string | TimeZone | undefined;
  /** fail2ban's `logtimezone`: the same, but `CET` and the like are offsets. It wins over `timeZone`. */
  readonly logTimezone?: string | undefined;
  /**
   * While a log is read for the first time, lines older than this, and lines without a date, are left out, and a date to
   * come counts as now. Default `Infinity`: none is left out, and all times are taken as they are.
   */
  readonly findTimeMs?: number | undefined;
  /** Sessions (`<F-MLFID>`) remembered at once. Default 100, as fail2ban. */
  readonly maxSessions?: number | undefined;
  /** How long a session is remembered after its first line. Default 300,000 (5 min), as fail2ban. */
  readonly sessionTimeMs?: number | undefined;
  /** Default true: dates are searched, and learnt from, only in lines that can match. False: in every line. */
  readonly prefilter?: boolean | undefined;
  /** Default the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Gets what matched but cannot be counted. Default: nobody; it is counted in `metrics`. */
  readonly rejects?: RejectSink | undefined;
  readonly metrics?: Metrics | undefined;
  readonly onNotice?: ((notice: FilterNotice) => void) | undefined;
  /**
   * Gets failures of host names (`usedns` `yes` or `warn`) whose addresses have to be looked up, in line order with the
   * other failures. Default: nobody, and they are rejected. `process` may be given another.
   */
  readonly names?: ((failure: NamedFailure) => void) | undefined;
}

/** {@link FilterOptions}, validated and with defaults. */
export interface FilterSettings {
  readonly useDns: UseDns;
  /** Undefined for UTF-8. */
  readonly encoding: LogEncoding | undefined;
  readonly zone: TimeZone;
  readonly findTimeMs: number;
  readonly maxSessions: number;
  readonly sessionTimeMs: number;
  readonly prefilter: boolean;
  readonly clock: Clock;
  readonly rejects: RejectSink | undefined;
  readonly metrics: Metrics | undefined;
  readonly onNotice: ((notice: FilterNotice) => void) | undefined;
  readonly names: ((failure: NamedFailure) => void) | undefined;
}

const useDnsValues: readonly UseDns[] = ['yes', 'warn', 'no', 'raw'];

function fault(expected: string, option: string, value: unknown): Fail2banFilterError {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return new Fail2banFilterError('ERR_FAIL2BAN_FILTER_OPTION', `${option} must be ${expected}, not ${text}`, { value });
}

function positive(option: string, value: number, integer: boolean): number {
  if (typeof value === 'number' && value > 0 && (!integer || Number.isInteger(value))) return value;
  throw fault(integer ? 'an integer of at least 1' : 'a number over 0', option, value);
}

function notNegative(option: string, value: number): number {
  if (typeof value === 'number' && value >= 0) return value;
  throw fault('a number of at least 0', option, value);
}

function zoneOf({ timeZone, logTimezone }: FilterOptions): TimeZone {
  if (logTimezone !== undefined) return parseTimeZone(logTimezone, 'logTimezone', 'offset');
  if (typeof timeZone === 'object') return timeZone;
  return timeZone === undefined ? systemZone : parseTimeZone(timeZone, 'timeZone', 'iana');
}

/**
 * Validates options. Throws a Fail2banFilterError that says what was expected.
 *
 * @param ownUseDns the filter's own `usedns`
 */
export function resolveOptions(options: FilterOptions, ownUseDns: UseDns | undefined): FilterSettings {
  const useDns = options.useDns ?? ownUseDns ?? 'warn';
  if (!useDnsValues.includes(useDns)) throw fault(`one of ${useDnsValues.join(', ')}`, 'useDns', useDns);
  return {
    useDns,
    encoding: options.encoding === undefined ? undefined : parseLogEncoding(options.encoding),
    zone: zoneOf(options),
    findTimeMs: notNegative('findTimeMs', options.findTimeMs ?? Number.POSITIVE_INFINITY),
    maxSessions: positive('maxSessions', options.maxSessions ?? 100, true),
    sessionTimeMs: positive('sessionTimeMs', options.sessionTimeMs ?? 300_000, false),
    prefilter: options.prefilter ?? true,
    clock: options.clock ?? systemClock,
    rejects: options.rejects,
    metrics: options.metrics,
    onNotice: options.onNotice,
    names: options.names,
  };
}
