/** `enum nft_rule_attributes` (`linux/netfilter/nf_tables.h`). */
export const ruleAttribute = { table: 1, chain: 2, handle: 3, expressions: 4, userData: 7 } as const;
