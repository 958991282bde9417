import { parseArgs } from 'node:util';
import { type Flag, flags } from './flags.ts';
import { joinValues } from './join-values.ts';
import { usageError } from './usage-error.ts';

/** One option as it was given. */
export interface GivenOption {
  readonly name: string;
  readonly value: string | undefined;
}

/** A command line taken apart: options in their order, and what is none. */
export interface Arguments {
  readonly options: readonly GivenOption[];
  readonly positionals: readonly string[];
}

const known = Object.fromEntries(
  flags.map(({ name, short, value }) => [
    name,
    {
      type: value === undefined ? ('boolean' as const) : ('string' as const),
      multiple: true as const,
      ...(short !== undefined && { short }),
    },
  ]),
);

const shown = (name: string): string => {
  const { short } = flags.find((flag) => flag.name === name) as Flag;
  return short === undefined ? `--${name}` : `-${short}`;
};

/** Takes a command line apart. Throws a LogmatchError for an option that there is not, or that lacks its value. */
export function readArguments(args: readonly string[]): Arguments {
  const joined = joinValues(args, flags);
  const { tokens } = parseArgs({ args: joined, options: known, strict: false, tokens: true });
  const options: GivenOption[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags.find(({ name }) => name === token.name);
    if (flag === undefined) throw usageError(`there is no option ${token.rawName}`, 'see logmatch --help');
    if (flag.value !== undefined && token.value === undefined)
      throw usageError(`${shown(flag.name)} lacks its ${flag.value}`, 'write it behind the option');
    if (flag.value === undefined && token.value !== undefined)
      throw usageError(`${shown(flag.name)} takes no value, and has ${JSON.stringify(token.value)}`, 'leave it out');
    options.push({ name: token.name, value: token.value });
  }
  return { options, positionals };
}
