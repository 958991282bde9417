/** Kernels of `assembly/prefilter`, in the order of their numbers there. */
export const kernelNames = ['nibble4', 'nibble6', 'nibble4-all', 'hash8', 'hash4', 'hash2', 'hash1'] as const;

export type KernelName = (typeof kernelNames)[number];

/**
 * What a kernel looks for. A window is what of a needle it looks for: as many bytes as it compares, and one more for each
 * further position at which these may begin, since it looks at every `stride`-th position only. All take upper case for
 * lower case.
 */
export interface KernelFacts {
  readonly stride: 1 | 2 | 4 | 8;
  /** Low nibbles compared at a position; undefined for a kernel that hashes grams of 2 to 4 bytes. */
  readonly nibbles: 4 | 6 | undefined;
  /** Shortest needle. */
  readonly minBytes: number;
  /** Measured on one machine, in the second cache; only the relations matter. */
  readonly nsPerMb: number;
}

export const kernels: Readonly<Record<KernelName, KernelFacts>> = {
  nibble4: { stride: 2, nibbles: 4, minBytes: 3, nsPerMb: 44_000 },
  nibble6: { stride: 2, nibbles: 6, minBytes: 3, nsPerMb: 61_000 },
  'nibble4-all': { stride: 1, nibbles: 4, minBytes: 2, nsPerMb: 72_000 },
  hash8: { stride: 8, nibbles: undefined, minBytes: 10, nsPerMb: 36_000 },
  hash4: { stride: 4, nibbles: undefined, minBytes: 6, nsPerMb: 61_000 },
  hash2: { stride: 2, nibbles: undefined, minBytes: 4, nsPerMb: 122_000 },
  hash1: { stride: 1, nibbles: undefined, minBytes: 2, nsPerMb: 250_000 },
};

/** What a candidate costs that turns out to be none. */
export const candidateNs = 8;
/** What a needle costs that was found, without the patterns that are then tried. */
export const foundNs = 25;
/** What it costs to try patterns on a line. */
export const lineNs = 300;
/** What it costs to look for the rest of a literal of which a piece was found, and how often it may be there. */
export const restNs = 50;
export const restShare = 0.1;
