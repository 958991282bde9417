import { type Command, Option } from 'commander';
import { flagOf, type Setting } from '../settings/setting.ts';

const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

function optionOf(name: string, setting: Setting): Option {
  const { short, value, help, isList, choices } = setting;
  const flags = `${short === undefined ? '' : `-${short}, `}${flagOf(name, setting)}${value === undefined ? '' : ` <${value}>`}`;
  const option = new Option(flags, help);
  if (choices !== undefined) option.choices(choices);
  if (isList === true) option.argParser(collect);
  return option;
}

/**
 * Adds an option for each setting to a command. Their values stay texts: the settings read them, so that files and options
 * say the same.
 *
 * @param names which of the settings; default all
 */
export function addSettings(command: Command, settings: object, names?: readonly string[]): Command {
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    if (names === undefined || names.includes(name)) command.addOption(optionOf(name, setting));
  }
  return command;
}
