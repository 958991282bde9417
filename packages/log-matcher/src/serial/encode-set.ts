import { seal } from './envelope.ts';
import { pack } from './pack.ts';
import type { SetParts } from './set-parts.ts';

/** Sets of characters: equal ones are one. Nodes are not: an engine may tell them apart by identity. */
const isCharSet = (object: object): boolean => 'ranges' in object && 'classes' in object;

/**
 * Writes a set as bytes, which {@link decodeSet} of the same version of this package reads.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` when `plans` holds more than plain data
 */
export function encodeSet({ options, patterns, plans }: SetParts): Uint8Array {
  return seal(pack([options, patterns, plans], isCharSet));
}
