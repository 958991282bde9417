import { splitWords } from '../syntax/split-words.ts';
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
const CONDITION = /^(\w+)\?family=inet[46]$/;
const NOTHING: Value = valueAt('', ARGUMENT);

/** Tags that only the ban can fill in, even when an option has the same name. */
const DYNAMIC: ReadonlySet<string> = new Set(['matches', 'ipmatches', 'ipjailmatches', 'bantime']);

/** The commands of an action. */
export interface ResolvedCommands {
  /** Those that it has, without what depends on the family, `<timeout>` and the ban: as fail2ban's client has them. */
  readonly staged: ReadonlyMap<keyof ActionCommands, string>;
  readonly inet4: ActionCommands;
  /** The same object when the action does not tell the families apart. */
  readonly inet6: ActionCommands;
}

/** Names of the options that have a variant for a family. */
export function conditionalNames(definition: Definition): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of definition.names()) {
    const base = name.includes('?') ? CONDITION.exec(name)?.[1] : undefined;
    if (base !== undefined) names.add(base);
  }
  return names;
}

/** The families that an action tells apart. */
export function familiesOf(definition: Definition, conditional: ReadonlySet<string>): readonly Family[] {
  const asked = definition.option('families');
  if (asked !== undefined)
    return splitWords(textOf(asked)).filter((word): word is Family => word === 'inet4' || word === 'inet6');
  return conditional.size > 0 ? ['inet4', 'inet6'] : [];
}

/** Replaces all tags but those that only the ban can fill in, in the two steps in which fail2ban does it. */
export function resolveCommands(definition: Definition, timeoutSeconds: number): ResolvedCommands {
  const conditional = conditionalNames(definition);
  const staged = stageCommands(definition, conditional);
  const of = (family: Family): ActionCommands =>
    finishCommands(definition, staged, conditional, family, timeoutSeconds);
  const inet4 = of('inet4');
  return {
    staged: new Map([...staged].map(([name, value]) => [name, textOf(value)])),
    inet4,
    inet6: familiesOf(definition, conditional).length === 0 ? inet4 : of('inet6'),
  };
}

type Staged = ReadonlyMap<keyof ActionCommands, Value>;

function stageCommands(definition: Definition, conditional: ReadonlySet<string>): Staged {
  const tags = new TagSubstituter((tag) =>
    tag === 'timeout' || DYNAMIC.has(tag) || conditional.has(tag) ? undefined : definition.tag(tag),
  );
  const staged = new Map<keyof ActionCommands, Value>();
  for (const name of COMMANDS) {
    const value = definition.tag(name);
    if (value !== undefined) staged.set(name, tags.substitute(name, value));
  }
  return staged;
}

/** An option `x?family=…` goes before the plain `x`. */
function finishCommands(
  definition: Definition,
  staged: Staged,
  conditional: ReadonlySet<string>,
  family: Family,
  timeoutSeconds: number,
): ActionCommands {
  const ofFamily = (name: string): Value | undefined =>
    conditional.has(name) ? definition.conditional(name, `family=${family}`) : undefined;
  const tags = new TagSubstituter((tag) => {
    if (DYNAMIC.has(tag)) return undefined;
    if (tag === 'timeout') return valueAt(String(timeoutSeconds), ARGUMENT);
    return ofFamily(tag) ?? definition.tag(tag) ?? (COMMAND_NAMES.has(tag) ? NOTHING : undefined);
  });
  const commands: Partial<Record<keyof ActionCommands, string>> = {};
  for (const name of COMMANDS) {
    const own = ofFamily(name) ?? staged.get(name);
    commands[name] = own === undefined ? '' : textOf(tags.substitute(name, own));
  }
  return Object.freeze(commands as Record<keyof ActionCommands, string>);
}
