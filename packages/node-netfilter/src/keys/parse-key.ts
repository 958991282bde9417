import type { KeyType } from '../ruleset/set.ts';
import { badKey } from './bad-key.ts';
import { keyLayout } from './key-layout.ts';
import { writeKey } from './write-key.ts';
import { writeRange } from './write-range.ts';

/** A key as the kernel has it, in network order. */
export interface ParsedKey {
  readonly bytes: Uint8Array;
  /** Last key of the range, itself included; only of an interval set. */
  readonly lastBytes?: Uint8Array;
}

/**
 * Reads a key as `nft` writes it.
 *
 * @param types those of the set
 * @param isInterval whether the set has the flag `interval`, so that ranges are keys
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY`
 */
export function parseKey(text: string, types: readonly KeyType[], isInterval: boolean): ParsedKey {
  const layout = keyLayout(types);
  const bytes = new Uint8Array(layout.byteLength);
  if (typeof text !== 'string') throw badKey(text, layout, isInterval);
  if (!isInterval) {
    if (writeKey(text, layout, bytes, 0)) return { bytes };
    throw badKey(text, layout, isInterval);
  }
  const lastBytes = new Uint8Array(layout.byteLength);
  if (writeRange(text, layout, bytes, lastBytes)) return { bytes, lastBytes };
  throw badKey(text, layout, isInterval);
}
