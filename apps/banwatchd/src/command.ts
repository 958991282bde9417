import { packageVersion } from '@sluice/command-line';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type BanWith, parseBanWith } from './ban-with/backend-name.ts';
import { defaultPaths } from './default-paths.ts';
import { type LogLevel, parseLogLevel } from './log/log-level.ts';
import type { DaemonOptions } from './options.ts';
import { packageJsonUrl } from './own-files.ts';

/** The options of the command line, by their long names. */
export interface CommandOptions {
  readonly config: string;
  readonly defaults: boolean;
  readonly root: string;
  readonly jail?: readonly string[];
  readonly banWith?: readonly BanWith[];
  readonly banWithFile?: string;
  readonly table: string;
  readonly dryRun: boolean;
  readonly state?: string;
  readonly checkpoint?: string;
  readonly socket?: string;
  readonly pidFile?: string;
  readonly pidfile?: string;
  readonly background?: boolean;
  readonly loglevel?: LogLevel;
  readonly logtarget?: string;
  readonly syslogsocket?: string;
  readonly summary: boolean;
}

/** Where a daemon is reached; undefined where it is not. */
export interface DaemonPaths {
  readonly socket: string | undefined;
  readonly pidFile: string | undefined;
}

/** A dry run changes nothing, so it has neither socket nor pid file unless they are asked for. */
export function daemonPaths({ socket, pidFile, pidfile, dryRun }: CommandOptions): DaemonPaths {
  const given = { socket, pidFile: pidFile ?? pidfile };
  if (dryRun) return given;
  return { socket: given.socket ?? defaultPaths.socket, pidFile: given.pidFile ?? defaultPaths.pidFile };
}

/** What the command line says, as the daemon takes it. */
export function daemonOptions(options: CommandOptions): DaemonOptions {
  const { config, defaults, root, jail, banWith, table, dryRun, checkpoint } = options;
  // A dry run beside a daemon must neither read nor write what that one keeps, nor write its log.
  const state = options.state ?? (dryRun || checkpoint !== undefined ? undefined : defaultPaths.state);
  const logtarget = options.logtarget ?? (dryRun ? 'STDOUT' : undefined);
  return {
    configDir: config,
    root,
    table,
    dryRun,
    ...(defaults && { defaults }),
    ...(banWith !== undefined && { banWith }),
    banWithFile: options.banWithFile ?? defaultPaths.banWith,
    isBanWithFileOptional: options.banWithFile === undefined,
    ...(jail !== undefined && { jails: jail }),
    ...(state !== undefined && { stateDir: state }),
    ...(checkpoint !== undefined && { checkpointFile: checkpoint }),
    log: {
      fromConfig: true,
      ...(options.loglevel !== undefined && { level: options.loglevel }),
      ...(logtarget !== undefined && { target: logtarget }),
      ...(options.syslogsocket !== undefined && { syslogSocket: options.syslogsocket }),
    },
  };
}

const usualLevels = 'CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG';

function level(text: string): LogLevel {
  const parsed = parseLogLevel(text);
  if (parsed === undefined) throw new InvalidArgumentError(`expected one of ${usualLevels}.`);
  return parsed;
}

function banWithOf(text: string): readonly BanWith[] {
  try {
    return parseBanWith(text);
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}

const examples = `
Signals: SIGTERM and SIGINT end it cleanly, SIGHUP reads the configuration again, SIGUSR1 opens the log file anew.

Examples:
  banwatchd --dry-run                                what would be done with /etc/fail2ban
  banwatchd -j sshd --ban-with netfilter             one jail, bans in the kernel's own sets
  banwatchd --ban-with netfilter,mail                the same for all jails, and mail about them
  banwatchd -c ./fail2ban --root ./copy-of-a-server  a tree and logs from elsewhere
  banwatchd --defaults                               the jails that come with it, without a configuration
  banwatchd -b && banwatch status                    in the background, and what it does

Exit status: 0 ended by a signal or by banwatch stop, 2 usage, or nothing could be started.`;

/** The command line of `banwatchd`: flags only, what they mean is in {@link DaemonOptions}. */
export const command = (): Command =>
  new Command('banwatchd')
    .description(
      'Follows logs, finds failures by fail2ban filters, bans. Stays in the foreground unless told otherwise.',
    )
    .version(packageVersion(packageJsonUrl))
    .option('-c, --config <dir>', 'fail2ban configuration', '/etc/fail2ban')
    .option('--defaults', 'run the jails that come with this package instead', false)
    .option('--root <dir>', "resolve the jails' log paths below this folder", '/')
    .option('-j, --jail <name...>', 'run these jails, enabled or not, and no others')
    .option(
      '--ban-with <what>',
      "actions (the jails' own), netfilter, ipset, iptables, nginx, hook, webhook, mail; several with commas between them",
      banWithOf,
    )
    .option('--ban-with-file <file>', `options of these (default: ${defaultPaths.banWith}, if it is there)`)
    .option('--table <name>', 'nf_tables table (inet) for --ban-with netfilter', 'sluice')
    .option('-n, --dry-run', 'change nothing: print every command instead of running it', false)
    .option('--state <dir>', `keep bans, counters and places in the logs here (default: ${defaultPaths.state})`)
    .option('--checkpoint <file>', 'keep only the place in each log here, and nothing else')
    .option('-s, --socket <file>', `where banwatch reaches it (default: ${defaultPaths.socket})`)
    .option('-p, --pid-file <file>', `process id (default: ${defaultPaths.pidFile})`)
    .addOption(new Option('--pidfile <file>').hideHelp())
    .option('-b, --background', 'go to the background when all is ready')
    .option('-f, --foreground', 'stay in the foreground (the default)')
    .addOption(new Option('-x, --force', 'take over a socket that is left over; always done').hideHelp())
    .option('--loglevel <level>', `${usualLevels} (default: fail2ban.conf's)`, level)
    .option('--logtarget <target>', "a file, STDOUT, STDERR, SYSLOG, SYSTEMD-JOURNAL (default: fail2ban.conf's)")
    .option('--syslogsocket <file>', "syslog's socket (default: fail2ban.conf's)")
    .option('--summary', 'on the end, print what was read, found and banned', false)
    .addArgument(new Argument('[start]', 'as fail2ban-server has it; changes nothing').choices(['start']))
    .addHelpText('after', examples);
