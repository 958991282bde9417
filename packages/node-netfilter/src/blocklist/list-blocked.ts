import type { Netfilter } from '../netfilter/netfilter.ts';
import type { BlockedNetwork } from './blocked-network.ts';
import { asNetfilterError, isGone } from './fault-kind.ts';
import type { MirrorSet } from './mirror-set.ts';
import { readElementKey } from './read-element-key.ts';

/** What the kernel has in these sets. Those that are not there hold nothing. */
export async function listBlocked(
  netfilter: Netfilter,
  sets: readonly MirrorSet[],
  signal?: AbortSignal,
): Promise<readonly BlockedNetwork[]> {
  const blocked: BlockedNetwork[] = [];
  for (const { place, nft } of sets) {
    const { family, prefix, owner } = place;
    if (owner === 'any') continue;
    const elements = await netfilter.elements(nft, signal).catch((reason: unknown) => {
      const error = asNetfilterError(reason);
      if (isGone(error)) return [];
      throw error;
    });
    for (const { key, comment, timeoutMs, expiresInMs = timeoutMs, packets, bytes } of elements) {
      const read = readElementKey(place, key);
      if (read === undefined) continue;
      const list = (typeof owner === 'object' && owner.list) || comment;
      blocked.push({
        ...read,
        family,
        prefix,
        ...(expiresInMs !== undefined && { expiresInMs }),
        ...(list && { list }),
        ...(packets !== undefined && { packets }),
        ...(bytes !== undefined && { bytes }),
      });
    }
  }
  return blocked;
}
