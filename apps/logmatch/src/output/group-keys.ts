import type { CompiledPatternInfo } from '@sluice/log-matcher';

/** What a group is asked for by, and what it is called: its name, else its number. */
export interface GroupKey {
  readonly key: string;
  readonly group: string | number;
}

/** All groups of a pattern in their order; several of one name are one. */
export function groupKeys({ groupCount, groupNames }: CompiledPatternInfo): GroupKey[] {
  const nameOf = new Map<number, string>();
  for (const [name, numbers] of groupNames) for (const number of numbers) nameOf.set(number, name);
  const keys = new Map<string, GroupKey>();
  for (let number = 1; number <= groupCount; number += 1) {
    const name = nameOf.get(number);
    const key = name ?? String(number);
    if (!keys.has(key)) keys.set(key, { key, group: name ?? number });
  }
  return [...keys.values()];
}
