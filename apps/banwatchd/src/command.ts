import { packageVersion } from '@sluice/command-line';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type LogLevel, logLevels, parseLogLevel } from './log-level.ts';
import type { DaemonOptions } from './options.ts';

/** The options of the command line, by their long names. */
export interface CommandOptions {
  readonly config: string;
  readonly root: string;
  readonly jail?: readonly string[];
  readonly banWith: 'actions' | 'netfilter';
  readonly table: string;
  readonly dryRun: boolean;
  readonly checkpoint?: string;
  readonly loglevel: LogLevel;
  readonly summary: boolean;
}

/** What the command line says, as the daemon takes it. */
export function daemonOptions(options: CommandOptions): DaemonOptions {
  const { config, root, jail, banWith, table, dryRun, checkpoint, loglevel } = options;
  return {
    configDir: config,
    root,
    banWith,
    table,
    dryRun,
    log: { level: loglevel },
    ...(jail !== undefined && { jails: jail }),
    ...(checkpoint !== undefined && { checkpointFile: checkpoint }),
  };
}

function level(text: string): LogLevel {
  const parsed = parseLogLevel(text);
  if (parsed === undefined) throw new InvalidArgumentError(`expected one of ${logLevels.join(', ')}.`);
  return parsed;
}

/** The command line of `banwatchd`: flags only, what they mean is in {@link DaemonOptions}. */
export const command = (): Command =>
  new Command('banwatchd')
    .description(
      'Follows logs, finds failures by fail2ban filters, bans. Stays in the foreground; SIGTERM ends it cleanly.',
    )
    .version(packageVersion(new URL('../package.json', import.meta.url)))
    .option('-c, --config <dir>', 'fail2ban configuration', '/etc/fail2ban')
    .option('--root <dir>', "resolve the jails' log paths below this folder", '/')
    .option('-j, --jail <name...>', 'run these jails, enabled or not, and no others')
    .addOption(
      new Option('--ban-with <what>', "the jails' own actions, or one nf_tables table with kernel timeouts")
        .choices(['actions', 'netfilter'])
        .default('actions'),
    )
    .option('--table <name>', 'nf_tables table (inet) for --ban-with netfilter', 'sluice')
    .option('-n, --dry-run', 'change nothing: print every command instead of running it', false)
    .option('--checkpoint <file>', 'keep the position in each log here, over restarts')
    .option('--loglevel <level>', logLevels.join(', '), level, 'INFO')
    .option('--summary', 'on the end, print what was read, found and banned', false)
    .addHelpText(
      'after',
      `
Examples:
  banwatchd --dry-run                                what would be done with /etc/fail2ban
  banwatchd -j sshd --ban-with netfilter             one jail, bans in the kernel's own sets
  banwatchd -c ./fail2ban --root ./copy-of-a-server  a tree and logs from elsewhere

Exit status: 0 ended by a signal, 2 usage, or nothing could be started.`,
    );
