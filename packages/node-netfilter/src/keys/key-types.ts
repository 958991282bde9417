import type { KeyType } from '../ruleset/set.ts';
import { keyFields } from './key-fields.ts';

const typesById = new Map([...keyFields.values()].map(({ id, type }) => [id, type]));

/** The types that the kernel's number of a key type stands for; empty when one of them is not a `KeyType`. */
export function keyTypes(id: number): readonly KeyType[] {
  const types: KeyType[] = [];
  for (let rest = id; rest !== 0; rest >>>= 6) {
    const type = typesById.get(rest & 63);
    if (type === undefined) return [];
    types.unshift(type);
  }
  return types;
}
