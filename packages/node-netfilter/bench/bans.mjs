/** Address of the n-th banned one. */
export const addressOf = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** So many operations of a block list, for addresses from the n-th one on. */
export const blocks = (count, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ kind: 'block', network: addressOf(from + n), timeoutMs: 600_000 }));

/** The same as nft's elements. */
export const elements = (count, from = 0) =>
  Array.from({ length: count }, (_, n) => `${addressOf(from + n)} timeout 600s`).join(', ');
