import type { SetFlag } from '../../ruleset/set.ts';

/** `enum nft_set_attributes` (`linux/netfilter/nf_tables.h`). */
export const setAttribute = {
  table: 1,
  name: 2,
  flags: 3,
  keyType: 4,
  keyLength: 5,
  description: 9,
  id: 10,
  handle: 16,
  expression: 17,
  expressions: 18,
  count: 20,
} as const;

/** `enum nft_set_desc_attributes`, and what the lengths of a concatenation's fields are in. */
export const setDescription = { size: 1, concatenation: 2, field: 1, fieldLength: 1 } as const;

/** `enum nft_set_flags`, those that the user of a set says. */
export const setFlags: ReadonlyMap<SetFlag, number> = new Map([
  ['constant', 0x2],
  ['interval', 0x4],
  ['timeout', 0x10],
  ['dynamic', 0x20],
]);

/** `enum nft_set_flags`, those that say what kind of set it is. */
export const setKindFlag = { anonymous: 0x1, map: 0x8, object: 0x40, concatenation: 0x80 } as const;
