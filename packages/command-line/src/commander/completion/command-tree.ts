import type { Command } from 'commander';

/** An option, as a shell completes it. */
export interface OptionWords {
  /** `--output`, `-o`. */
  readonly flags: readonly string[];
  readonly help: string;
  /** What may follow: nothing, one of some words, a path, or what no shell can know. */
  readonly value: 'none' | 'path' | 'free' | readonly string[];
}

/** A command with what may stand behind it. */
export interface CommandWords {
  /** Commands that lead to it: `` for the program, `/serve/git`. */
  readonly path: string;
  /** The same with each alias of its last command. */
  readonly aliasPaths: readonly string[];
  readonly commands: readonly { readonly name: string; readonly help: string }[];
  readonly options: readonly OptionWords[];
  /** Words that an argument can be; empty where it is a path or anything. */
  readonly words: readonly string[];
}

/** The program's commands, each with its options and those of the commands before it. */
export function commandTree(command: Command, parent = '', inherited: readonly OptionWords[] = []): CommandWords[] {
  const path = command.parent === null ? '' : `${parent}/${command.name()}`;
  const own = command.options.map(
    ({ long, short, description, argChoices, flags }): OptionWords => ({
      flags: [long, short].filter((flag) => typeof flag === 'string'),
      help: description,
      value: argChoices ?? (/<(?:FILE|FOLDER)>/.test(flags) ? 'path' : flags.includes('<') ? 'free' : 'none'),
    }),
  );
  const options = [...own, ...inherited];
  return [
    {
      path,
      aliasPaths: command.aliases().map((alias) => `${parent}/${alias}`),
      commands: command.commands.map((child) => ({ name: child.name(), help: child.description() })),
      options: [...options, { flags: ['--help', '-h'], help: 'display help for command', value: 'none' }],
      words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    },
    ...command.commands.flatMap((child) => commandTree(child, path, options)),
  ];
}
