import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { ConfigReader } from '../tree/config-reader.ts';
import { Interpolator } from '../values/interpolator.ts';
import { textOf } from '../values/value.ts';
import type { ConfigProblem } from './jail-config.ts';

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

/** Reads fail2ban.conf and its companions; what is missing or wrong there keeps its default. */
export function readServer(reader: ConfigReader, problems: ConfigProblem[]): Readonly<Record<string, string>> {
  const server: Record<string, string> = Object.assign(Object.create(null), DEFAULTS);
  const tree = reader.tree('fail2ban');
  if (tree === undefined) return Object.freeze(server);
  problems.push(...tree.faults.map(({ error }) => ({ error })));
  const interpolator = new Interpolator(tree, 'Definition');
  for (const option of Object.keys(DEFAULTS)) {
    try {
      const value = interpolator.get(option);
      if (value !== undefined) server[option] = textOf(value);
    } catch (error) {
      if (!(error instanceof Fail2banConfigError)) throw error;
      problems.push({ error });
    }
  }
  return Object.freeze(server);
}
