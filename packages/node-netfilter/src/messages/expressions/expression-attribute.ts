/** `enum nft_expr_attributes`, and the item of a list of expressions (`linux/netfilter/nf_tables.h`, `enum nft_list_attributes`). */
export const expressionAttribute = { item: 1, name: 1, data: 2 } as const;
