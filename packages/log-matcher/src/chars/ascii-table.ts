import { asciiMembers, type CharSet } from './char-set.ts';

const tables = new WeakMap<CharSet, Uint8Array>();

/** For each character of ASCII 1 if it is in the set. Kept as long as the set is. */
export function asciiTable(set: CharSet): Uint8Array {
  let table = tables.get(set);
  if (table === undefined) {
    table = new Uint8Array(0x80);
    for (const [from, to] of asciiMembers(set)) table.fill(1, from, to + 1);
    tables.set(set, table);
  }
  return table;
}
