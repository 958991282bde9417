/**
 * Registers (`enum nft_registers`): the verdict's, the first of 16 bytes, and those of 4 bytes. The first of 16 bytes is
 * the first four of 4 bytes.
 */
export const register = { verdict: 0, first: 1, firstOf4Bytes: 8 } as const;

/** The register for the part of a concatenation that begins there: one of 16 bytes where it can be. */
export const registerAt = (offset: number): number =>
  offset % 16 === 0 ? register.first + offset / 16 : register.firstOf4Bytes + offset / 4;
