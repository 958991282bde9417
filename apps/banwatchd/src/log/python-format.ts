import { BanwatchdError } from '../banwatchd-error.ts';
import { formatTimeMs } from './fail2ban-time.ts';
import { levelNumbers } from './log-level.ts';
import type { LogRecord } from './log-record.ts';

/** What a log format may name, as Python's logging calls it. */
const fields: Readonly<Record<string, (record: LogRecord) => string | number>> = {
  asctime: ({ timeMs }) => formatTimeMs(timeMs),
  created: ({ timeMs }) => timeMs / 1000,
  levelname: ({ level }) => level,
  levelno: ({ level }) => levelNumbers[level],
  message: ({ message }) => message,
  msecs: ({ timeMs }) => timeMs % 1000,
  name: ({ name }) => name,
  process: ({ pid }) => pid,
  processName: () => 'MainProcess',
  thread: () => 0,
  threadName: () => 'MainThread',
};

const piece = /%(?:%|\((\w+)\)([-0 ]*)(\d{0,3})(?:\.(\d{1,3}))?([sdifxX]))|%/g;

type Part = (record: LogRecord) => string;

function partOf(
  get: (record: LogRecord) => string | number,
  flags: string,
  width: number,
  precision: string | undefined,
  kind: string,
): Part {
  const textOf = (value: string | number): string => {
    if (kind === 's') return precision === undefined ? String(value) : String(value).slice(0, Number(precision));
    if (kind === 'f') return Number(value).toFixed(precision === undefined ? 6 : Number(precision));
    const whole = Math.trunc(Number(value)).toString(kind.toLowerCase() === 'x' ? 16 : 10);
    return kind === 'X' ? whole.toUpperCase() : whole;
  };
  if (flags.includes('-')) return (record) => textOf(get(record)).padEnd(width);
  const fill = flags.includes('0') && kind !== 's' ? '0' : ' ';
  return (record) => textOf(get(record)).padStart(width, fill);
}

/**
 * Makes lines by a format of Python's logging: `%(asctime)s %(name)-24s[%(process)d]: %(message)s`.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET` for a field that there is not
 */
export function pythonFormat(format: string): Part {
  const parts: (string | Part)[] = [];
  let end = 0;
  for (const match of format.matchAll(piece)) {
    const [all, field, flags = '', width = '', precision, kind = 's'] = match;
    parts.push(format.slice(end, match.index));
    end = match.index + all.length;
    if (all === '%%') parts.push('%');
    else {
      const get = field !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (get === undefined) {
        const text = format.slice(match.index, match.index + 30);
        throw new BanwatchdError('ERR_BANWATCHD_LOG_TARGET', `the log format has no field at "${text}"`, {
          cure: `write fields as %(name)s; there are ${Object.keys(fields).join(', ')}`,
          value: format,
        });
      }
      parts.push(partOf(get, flags, Number(width), precision, kind));
    }
  }
  parts.push(format.slice(end));
  return (record) => parts.map((part) => (typeof part === 'string' ? part : part(record))).join('');
}
