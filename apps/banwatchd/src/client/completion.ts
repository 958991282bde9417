import { exitStatus } from '@sluice/command-line';
import { completionScripts } from '@sluice/command-line/commander';
import { Argument, Command, Option } from 'commander';
import { jailGetters } from '../control/jail-settings/jail-getters.ts';
import { jailSetters } from '../control/jail-settings/jail-setters.ts';
import type { ClientIo } from './client-io.ts';

const shells = Object.keys(completionScripts) as (keyof typeof completionScripts)[];

const options: readonly (readonly [string, string])[] = [
  ['-c, --conf <FOLDER>', 'configuration'],
  ['-s, --socket <FILE>', "the daemon's socket"],
  ['-p, --pidfile <FILE>', "the daemon's pid file"],
  ['--loglevel <LEVEL>', 'log level for start'],
  ['--logtarget <FILE>', 'log target for start'],
  ['--timeout <TIME>', 'how long to wait for the daemon'],
  ['--str2sec <TIME>', 'print a time in seconds'],
  ['--json', 'print JSON'],
  ['-d, --dump', 'print the commands of the configuration'],
  ['-t, --test', 'test the configuration'],
  ['-i, --interactive', 'interactive'],
  ['-V, --version', 'version'],
];

const plain = [
  'start',
  'stop',
  'restart',
  'reload',
  'banned',
  'unban',
  'ping',
  'version',
  'flushlogs',
  'stats',
  'import',
];

const serverSettings = ['loglevel', 'logtarget', 'syslogsocket', 'dbfile', 'dbmaxmatches', 'dbpurgeage'];

/** The command line, as far as a shell has to know it. */
function program(): Command {
  const root = new Command('banwatch');
  for (const [flags, help] of options) root.addOption(new Option(flags, help));
  for (const name of plain) root.addCommand(new Command(name));
  const words = (name: string, choices: readonly string[]): Command =>
    new Command(name).addArgument(new Argument('[word]').choices(choices));
  return root
    .addCommand(words('status', ['--all', 'basic', 'short', 'stats', 'cymru']))
    .addCommand(words('get', [...serverSettings, ...jailGetters.names()]))
    .addCommand(words('set', [...serverSettings, ...jailSetters.names()]))
    .addCommand(new Command('test').addOption(new Option('--cases <FILE>', 'a file of cases')))
    .addCommand(words('completion', shells));
}

/** `completion SHELL`: prints the script. @returns the exit status */
export function completion([shell = '']: readonly string[], { stdout, stderr }: ClientIo): number {
  const known = shells.find((name) => name === shell);
  if (known === undefined) {
    stderr(`banwatch: completion needs one of ${shells.join(', ')}, as in: eval "$(banwatch completion bash)"\n`);
    return exitStatus.failed;
  }
  stdout(completionScripts[known](program()));
  return exitStatus.done;
}
