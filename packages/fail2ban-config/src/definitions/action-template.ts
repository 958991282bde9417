import type { ConfigTree } from '../tree/config-tree.ts';
import { placeOf, textOf, type Value, valueAt } from '../values/value.ts';
import { type ResolvedCommands, resolveCommands } from './action-commands.ts';
import type { ActionCommands } from './action-config.ts';
import { Definition, type DefinitionSource } from './definition.ts';

/** A character that Unicode keeps for the insides of programs: what stands between two of them is a hole's number. */
const HOLE = '\uFDD0';
const MAX_CHARS = 200;
/** Arguments that decide more than what stands in the commands. */
const DECISIVE: ReadonlySet<string> = new Set(['families', 'timeout']);

/** A text with holes: texts at even places, numbers of arguments at odd ones. */
type Template = readonly string[];

interface Templates {
  readonly staged: ReadonlyMap<keyof ActionCommands, Template>;
  readonly inet4: Readonly<Record<keyof ActionCommands, Template>>;
  readonly inet6: Readonly<Record<keyof ActionCommands, Template>>;
}

const known = new WeakMap<ConfigTree, Map<string, Templates | undefined>>();

const isPlain = (name: string, value: Value): boolean =>
  value.length === 1 &&
  !DECISIVE.has(name) &&
  (value[0]?.text.length ?? 0) <= MAX_CHARS &&
  !/[<>\uFDD0]/.test(value[0]?.text ?? '');

const templateOf = (text: string): Template => text.split(HOLE);

function fill(template: Template, values: readonly string[]): string {
  if (template.length === 1) return template[0] as string;
  let text = '';
  for (let at = 0; at < template.length; at += 1) {
    const part = template[at] as string;
    text += at % 2 === 0 ? part : (values[Number(part)] as string);
  }
  return text;
}

const mapValues = <K extends string, T, U>(record: Readonly<Record<K, T>>, map: (value: T) => U): Record<K, U> => {
  const mapped: Partial<Record<K, U>> = {};
  for (const key of Object.keys(record) as K[]) mapped[key] = map(record[key]);
  return mapped as Record<K, U>;
};

/** The commands with holes for plain arguments; `undefined` where they depend on more than these. */
function makeTemplates(source: DefinitionSource, timeoutSeconds: number): Templates | undefined {
  const args = new Map<string, Value>();
  let holes = 0;
  for (const [name, value] of source.args)
    args.set(name, isPlain(name, value) ? valueAt(`${HOLE}${holes++}${HOLE}`, placeOf(value)) : value);
  let isFixed = true;
  const jailOption = (name: string): Value | undefined => {
    const value = source.jailOption(name);
    // An option of the jail, or a name that an argument is a part of.
    if (value !== undefined || name.includes(HOLE)) isFixed = false;
    return value;
  };
  let resolved: ResolvedCommands;
  try {
    resolved = resolveCommands(new Definition({ ...source, args, jailOption }), timeoutSeconds);
  } catch {
    // The fault is found again, with its place, when the action is resolved by itself.
    return undefined;
  }
  if (!isFixed) return undefined;
  const staged = new Map([...resolved.staged].map(([name, text]) => [name, templateOf(text)] as const));
  const inet4 = mapValues(resolved.inet4, templateOf);
  return { staged, inet4, inet6: resolved.inet6 === resolved.inet4 ? inet4 : mapValues(resolved.inet6, templateOf) };
}

/**
 * As {@link resolveCommands}. Most jails use one action, with other words for the same arguments: it is resolved once with
 * holes in their place, and these are filled for each jail.
 */
export function commandsFor(
  definition: Definition,
  source: DefinitionSource,
  timeoutSeconds: number,
): ResolvedCommands {
  const values: string[] = [];
  let key = String(timeoutSeconds);
  for (const [name, value] of source.args) {
    const plain = isPlain(name, value);
    if (plain) values.push(textOf(value));
    key += `\n${name}${plain ? '' : `=${JSON.stringify(textOf(value))}`}`;
  }
  const ofTree = known.get(source.tree) ?? new Map<string, Templates | undefined>();
  known.set(source.tree, ofTree);
  if (!ofTree.has(key)) ofTree.set(key, makeTemplates(source, timeoutSeconds));
  const templates = ofTree.get(key);
  if (templates === undefined) return resolveCommands(definition, timeoutSeconds);
  const inet4 = Object.freeze(mapValues(templates.inet4, (template) => fill(template, values)));
  const { inet6 } = templates;
  const staged = new Map<keyof ActionCommands, string>();
  for (const [name, template] of templates.staged) staged.set(name, fill(template, values));
  return {
    staged,
    inet4,
    inet6: inet6 === templates.inet4 ? inet4 : Object.freeze(mapValues(inet6, (template) => fill(template, values))),
  };
}
