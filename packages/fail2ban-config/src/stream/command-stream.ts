import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { Fail2banConfig } from '../jails/jail-config.ts';
import { jailStream } from './jail-stream.ts';
import type { Json } from './json.ts';
import { type BrokenJail, configRecords } from './records.ts';

/** Options of {@link commandStream}. */
export interface CommandStreamOptions {
  /** The files that a `logpath` stands for now. Default: the path as it is written. */
  readonly glob?: (pattern: string) => readonly string[];
}

const skipped = ({ name, fault }: BrokenJail): readonly Json[] => [
  'config-error',
  `Jail '${name}' skipped, because of wrong configuration: ${fault}`,
];

/**
 * The commands into which fail2ban's client turns a configuration for its server, in its order: what `fail2ban-client -d`
 * prints. A jail that is left out has one command, `config-error`.
 *
 * @param config of `readConfig`; of a copy of it only the server's settings are known
 */
export function commandStream(
  config: Fail2banConfig,
  options: CommandStreamOptions = {},
): readonly (readonly Json[])[] {
  const { glob = (pattern) => [pattern] } = options;
  const { server } = config;
  const record = configRecords.get(config);
  const setting = (name: string): readonly Json[] => ['set', name, server.settings[name] as string];
  const general: (readonly Json[])[] = ['syslogsocket', 'loglevel', 'logtarget', 'allowipv6', 'dbfile'].map(setting);
  if (record?.stackSize !== undefined) general.unshift(['set', 'thread', { stacksize: record.stackSize }]);
  if (server.placeOf('dbmaxmatches') !== undefined) general.push(['set', 'dbmaxmatches', server.dbMaxMatches]);
  general.push(setting('dbpurgeage'));
  const starts: (readonly Json[])[] = [];
  const jails = (record?.jails ?? config.jails).flatMap((jail): readonly (readonly Json[])[] => {
    if ('fault' in jail) return [skipped(jail)];
    try {
      const commands = jailStream(jail, glob);
      starts.push(['start', jail.name]);
      return commands;
    } catch (error) {
      // An option of the filter that the jail hides, so that only fail2ban would have read it.
      if (!(error instanceof Fail2banConfigError)) throw error;
      return [skipped({ name: jail.name, fault: error.message })];
    }
  });
  return [...general, ...jails, ...starts];
}
