import type { TableFlag } from '../../ruleset/table.ts';

/** `enum nft_table_attributes` (`linux/netfilter/nf_tables.h`). */
export const tableAttribute = { name: 1, flags: 2, handle: 4, owner: 7 } as const;

/** `enum nft_table_flags`. */
export const tableFlags: ReadonlyMap<TableFlag, number> = new Map([
  ['dormant', 1],
  ['owner', 2],
  ['persist', 4],
]);
