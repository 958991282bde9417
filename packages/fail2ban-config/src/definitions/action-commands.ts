import { TagSubstituter } from '../values/tag-substituter.ts';
import { textOf, type Value, valueAt } from '../values/value.ts';
import type { ActionCommands, Family } from './action-config.ts';
import type { Definition } from './definition.ts';
import { ARGUMENT } from './open-definition.ts';

/** The commands that an action can have. */
export const COMMANDS: readonly (keyof ActionCommands)[] = [
  'actionstart',
  'actionstop',
  'actioncheck',
  'actionban',
  'actionunban',
  'actionflush',
  'actionprolong',
  'actionreban',
  'actionrepair',
  'actionreload',
];

const COMMAND_NAMES: ReadonlySet<string> = new Set(COMMANDS);

/** Tags that only the ban can fill in, even when an option has the same name. */
const DYNAMIC = new Set(['matches', 'ipmatches', 'ipjailmatches', 'bantime']);

/** The commands for one family, an option `x?family=…` before the plain `x`. */
export function actionCommands(definition: Definition, family: Family, timeoutSeconds: number): ActionCommands {
  const lookup = (tag: string): Value | undefined => {
    if (DYNAMIC.has(tag)) return undefined;
    if (tag === 'timeout') return valueAt(String(timeoutSeconds), ARGUMENT);
    const value = definition.option(`${tag}?family=${family}`) ?? definition.tag(tag);
    return value ?? (COMMAND_NAMES.has(tag) ? valueAt('', ARGUMENT) : undefined);
  };
  const tags = new TagSubstituter(lookup);
  const command = (name: string): string => textOf(tags.substitute(name, lookup(name) ?? []));
  const commands = Object.fromEntries(COMMANDS.map((name) => [name, command(name)]));
  return Object.freeze(commands as Record<keyof ActionCommands, string>);
}
