import { type Command, CommanderError } from 'commander';
import type { UsageErrorOf } from '../settings/usage-error-of.ts';

/**
 * Parses the arguments, which runs the action of the command that they name. Nothing is printed, and nothing exits.
 *
 * @param program with all its commands
 * @returns the text to print for `--help` or `--version`; undefined when an action ran
 * @throws what `usageError` makes of a fault, one line: `unknown option '--autor' (did you mean --author?)`
 */
export function parseArguments(
  program: Command,
  args: readonly string[],
  usageError: UsageErrorOf,
): string | undefined {
  const cure = `see ${program.name()} --help`;
  let printed = '';
  let complaint = '';
  program.exitOverride().configureOutput({
    writeOut: (text) => {
      printed += text;
    },
    writeErr: (text) => {
      complaint += text;
    },
  });
  passOn(program);
  if (args.length === 0 && program.commands.length > 0) throw usageError(noCommand, cure);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return printed;
    // Options without a command: commander's complaint is the help.
    const isHelp = error.code === 'commander.help';
    throw usageError(isHelp ? noCommand : faultOf(complaint || error.message), cure);
  }
  return undefined;
}

const noCommand = 'there is no command';

/** A command that was made apart from its program does not inherit settings by itself. */
function passOn(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    passOn(child);
  }
}

/** commander's complaint in one line: `error: unknown option '--x'` and, on a line of its own, `(Did you mean --y?)`. */
const faultOf = (complaint: string): string =>
  complaint
    .replace(/^error: /, '')
    .trim()
    .replace(/\n\(Did you mean (.*?)\?\)$/s, ' (did you mean $1?)')
    .replaceAll('\n', ' ');
