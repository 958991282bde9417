/** `enum nft_set_elem_list_attributes` (`linux/netfilter/nf_tables.h`), and the item of the list. */
export const elementsAttribute = { table: 1, set: 2, list: 3, item: 1 } as const;

/** `enum nft_set_elem_attributes`. */
export const elementAttribute = {
  key: 1,
  flags: 3,
  timeout: 4,
  expiration: 5,
  userData: 6,
  expression: 7,
  keyEnd: 10,
  expressions: 11,
} as const;

/** `enum nft_data_attributes`. */
export const dataAttribute = { value: 1 } as const;

/** `NFT_SET_ELEM_INTERVAL_END`: the first key that is no longer in a range. */
export const intervalEnd = 1;

/** `NFT_SET_ELEM_CATCHALL`: what stands for every key that is not in the set; it has none itself. */
export const catchAll = 2;
