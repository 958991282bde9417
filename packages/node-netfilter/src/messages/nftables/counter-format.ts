/** `enum nft_object_attributes` (`linux/netfilter/nf_tables.h`). */
export const objectAttribute = { table: 1, name: 2, type: 3, data: 4 } as const;

/** `NFT_OBJECT_COUNTER`. */
export const counterObject = 1;

/** `enum nft_counter_attributes`. */
export const counterAttribute = { bytes: 1, packets: 2 } as const;
