/** Groups of a match by name; those that took no part are absent. */
export type Groups = Readonly<Record<string, string>>;

/** Groups while they are merged. No prototype: a filter's author chooses the names. */
export type MutableGroups = Record<string, string>;

const prefixed = /^(alt|tuple)_(.+?)(?:_\d+)?$/;

export const copyGroups = (groups: Groups): MutableGroups => Object.assign(Object.create(null), groups);

/**
 * Copies a match's groups and fills in what their names ask for, in the order of the names:
 * - `alt_NAME` and `alt_NAME_1`, `alt_NAME_2`, … give `NAME` its text where it has none;
 * - `tuple_NAME`, `tuple_NAME_1`, … are added to `NAME`, parted by `, `.
 */
export function mergeGroups(groups: Groups): MutableGroups {
  const merged = copyGroups(groups);
  for (const name of Object.keys(groups).sort()) {
    const [, kind, target] = prefixed.exec(name) ?? [];
    const text = groups[name];
    if (target === undefined || text === undefined) continue;
    const key = target === 'id' ? 'fid' : target;
    if (kind === 'tuple') merged[key] = merged[key] === undefined ? text : `${merged[key]}, ${text}`;
    else if (text !== '' && !merged[key]) merged[key] = text;
  }
  return merged;
}
