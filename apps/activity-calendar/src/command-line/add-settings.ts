import { type Command, Option } from 'commander';
import { keyOf, type Setting } from '../settings/setting.ts';

/** The option as the command line has it: `--max-bytes`. */
export const flagOf = (name: string, { option }: Setting): string => `--${option ?? keyOf(name)}`;

const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

function optionOf(name: string, setting: Setting): Option {
  const { short, value, help, isList, choices } = setting;
  const flags = `${short === undefined ? '' : `-${short}, `}${flagOf(name, setting)}${value === undefined ? '' : ` <${value}>`}`;
  const option = new Option(flags, help);
  if (choices !== undefined) option.choices(choices);
  if (isList === true) option.argParser(collect);
  return option;
}

/** Adds options to a command. Their values stay texts: the settings read them, so that files and options say the same. */
export function addSettings(command: Command, settings: object, names?: readonly string[]): Command {
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    if (names === undefined || names.includes(name)) command.addOption(optionOf(name, setting));
  }
  return command;
}
