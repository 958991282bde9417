import type { Block } from './block-op.ts';
import type { Entry } from './mirror-set.ts';
import { readElementKey } from './read-element-key.ts';

/** The block that an element stands for: of several ports, of one of them. */
export function blockOf({ set: { place }, key, endMs, list }: Entry, nowMs: number): Block {
  const { address = key, port } = readElementKey(place, key) ?? {};
  return {
    network: `${address}/${place.prefix}`,
    ...(endMs < Number.POSITIVE_INFINITY && { timeoutMs: Math.max(0, endMs - nowMs) }),
    ...(list !== '' && { list }),
    ...(port !== undefined && { ports: [port] }),
  };
}
