import { exitStatus, exitStatusOf, packageVersion } from '@sluice/command-line';
import { helpText } from './command-line/help.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';
import { runSearch } from './commands/search.ts';
import type { Io } from './io.ts';
import { Messages } from './messages.ts';
import { Output } from './output/output.ts';

const versionText = (): string => `logmatch ${packageVersion(new URL('../package.json', import.meta.url))}\n`;

function print(io: Io, text: string): number {
  const output = new Output(io.stdout);
  output.text(text);
  output.flush();
  return exitStatus.done;
}

async function run(args: readonly string[], io: Io, messages: Messages): Promise<number> {
  const line = parseCommandLine(args);
  if (line === 'help') return print(io, helpText());
  if (line === 'version') return print(io, versionText());
  if (line.noMessages) messages.hideFiles();
  if (line.command === 'search') return runSearch(line, io, messages);
  if (line.command === 'explain') return print(io, (await import('./commands/explain.ts')).explainText(line));
  return print(io, await (await import('./commands/bench.ts')).benchText(line));
}

/**
 * Runs the program.
 *
 * @param args of the command line, without the program's name
 * @returns exit status: 0 something was found, 1 nothing was, 2 an error happened. It never throws.
 */
export function logmatch(args: readonly string[], io: Io): Promise<number> {
  const messages = new Messages(io.stderr);
  return exitStatusOf(messages, () => run(args, io, messages));
}
