import { tupleText } from './tuple-text.ts';

/** Groups of a match by name; those that took no part are absent. */
export type Groups = Readonly<Record<string, string>>;

/** Groups while they are merged. No prototype: a filter's author chooses the names. */
export type MutableGroups = Record<string, string>;

const prefixed = /^(alt|tuple)_(.+?)(?:_\d+)?$/;
const renamed = new Map([
  ['id', 'fid'],
  ['port', 'fport'],
]);

export const copyGroups = (groups: Groups): MutableGroups => Object.assign(Object.create(null), groups);

/**
 * Copies a match's groups and fills in what their names ask for, in the order of the names:
 * - `alt_NAME` and `alt_NAME_1`, `alt_NAME_2`, … give `NAME` its text where it has none;
 * - then `tuple_NAME`, `tuple_NAME_1`, … make `NAME` a tuple, of its own text and theirs.
 */
export function mergeGroups(groups: Groups): MutableGroups {
  const merged = copyGroups(groups);
  const tuples = new Map<string, string[]>();
  for (const name of Object.keys(groups).sort()) {
    const [, kind, target] = prefixed.exec(name) ?? [];
    const text = groups[name];
    if (target === undefined || text === undefined) continue;
    const key = renamed.get(target) ?? target;
    if (kind === 'tuple') tuples.set(key, [...(tuples.get(key) ?? []), text]);
    else if (text !== '' && !merged[key]) merged[key] = text;
  }
  for (const [key, parts] of tuples) merged[key] = tupleText([merged[key], ...parts]);
  return merged;
}
