import { Fail2banConfigError, faultAt, quote } from '../fail2ban-config-error.ts';
import type { ConfigProblem } from '../jails/jail-config.ts';
import type { Place } from '../place.ts';
import { parseTimeMs } from '../syntax/parse-duration.ts';
import { parseOptionList, recordOf } from '../syntax/parse-option-list.ts';
import { readBoolean, readInteger } from '../syntax/read-value.ts';
import type { ConfigReader } from '../tree/config-reader.ts';
import { Interpolator } from '../values/interpolator.ts';
import { placeOf, textOf, type Value, valueAt } from '../values/value.ts';
import type { ServerConfig } from './server-config.ts';

/** fail2ban's own defaults. */
const DEFAULTS = {
  loglevel: 'INFO',
  logtarget: '/var/log/fail2ban.log',
  syslogsocket: 'auto',
  socket: '/var/run/fail2ban/fail2ban.sock',
  pidfile: '/var/run/fail2ban/fail2ban.pid',
  allowipv6: 'auto',
  dbfile: '/var/lib/fail2ban/fail2ban.sqlite3',
  dbmaxmatches: '10',
  dbpurgeage: '1d',
} as const;

type Option = keyof typeof DEFAULTS;

const LEVELS = /^(?:\d{1,3}|CRITICAL|ERROR|WARNING|NOTICE|MSG|INFO|DEBUG|TRACEDEBUG|HEAVYDEBUG)$/;

/** Reads single options, and falls back to the default for what cannot be read. */
class ServerOptions {
  readonly settings: Record<string, string> = Object.assign(Object.create(null), DEFAULTS);
  readonly places = new Map<string, Place>();
  readonly #options: Interpolator | undefined;
  readonly #problems: ConfigProblem[];

  constructor(options: Interpolator | undefined, problems: ConfigProblem[]) {
    this.#options = options;
    this.#problems = problems;
  }

  read<T>(option: Option, convert: (text: string, value: Value) => T): T {
    const fallback = DEFAULTS[option];
    try {
      const value = this.#options?.get(option);
      const text = value && textOf(value).trim();
      if (value !== undefined && text) {
        const converted = convert(text, value);
        this.settings[option] = textOf(value);
        this.places.set(option, placeOf(value));
        return converted;
      }
    } catch (error) {
      if (!(error instanceof Fail2banConfigError)) throw error;
      this.#problems.push({ error });
    }
    return convert(fallback, valueAt(fallback, { file: 'fail2ban.conf', line: 1 }));
  }
}

function readLevel(text: string, value: Value): string {
  const level = text.toUpperCase();
  if (LEVELS.test(level)) return level;
  const cure = 'write one of CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG';
  throw faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_OPTION', `there is no loglevel ${quote(text)}`, cure);
}

function readPurgeAge(text: string, value: Value): number {
  const ageMs = parseTimeMs(text, placeOf(value));
  if (ageMs >= 0) return ageMs;
  const fault = `dbpurgeage must not be negative, as ${quote(text)} is`;
  throw faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_OPTION', fault, 'write dbpurgeage = 1d');
}

/** Reads fail2ban.conf and its companions; what is missing or wrong there keeps its default. */
export function readServer(reader: ConfigReader, problems: ConfigProblem[]): ServerConfig {
  const tree = reader.tree('fail2ban');
  if (tree !== undefined) problems.push(...tree.faults.map(({ error }) => ({ error })));
  const options = new ServerOptions(tree && new Interpolator(tree, 'Definition'), problems);
  const text = (option: Option): string => options.read(option, (written) => written);
  const target = options.read('logtarget', (written, value) => parseOptionList(written, placeOf(value)));
  const server = {
    loglevel: options.read('loglevel', readLevel),
    logtarget: target.name,
    logtargetOptions: recordOf(target.options),
    syslogsocket: text('syslogsocket'),
    socket: text('socket'),
    pidfile: text('pidfile'),
    dbfile: options.read('dbfile', (written) => (/^none$/i.test(written) ? undefined : written)),
    dbMaxMatches: options.read('dbmaxmatches', (_, value) => readInteger('dbmaxmatches', value, 0)),
    dbPurgeAgeMs: options.read('dbpurgeage', readPurgeAge),
    allowIpv6: options.read('allowipv6', (written, value) =>
      /^auto$/i.test(written) ? ('auto' as const) : readBoolean('allowipv6', value),
    ),
    settings: Object.freeze(options.settings),
  };
  // Hidden, so that the settings stay plain data for whoever copies, compares or prints them.
  Object.defineProperty(server, 'placeOf', { value: (option: string) => options.places.get(option.toLowerCase()) });
  return Object.freeze(server as typeof server & Pick<ServerConfig, 'placeOf'>);
}

/** `stacksize` of [Thread], which only fail2ban's own threads have. */
export function readStackSize(reader: ConfigReader, problems: ConfigProblem[]): number | undefined {
  const tree = reader.tree('fail2ban');
  if (tree === undefined || !tree.sections.has('Thread')) return undefined;
  try {
    const value = new Interpolator(tree, 'Thread').get('stacksize');
    return value && readInteger('stacksize', value, 0);
  } catch (error) {
    if (!(error instanceof Fail2banConfigError)) throw error;
    problems.push({ error });
    return undefined;
  }
}
