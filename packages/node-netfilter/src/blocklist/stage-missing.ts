import { setImmediate as turn } from 'node:timers/promises';
import type { KernelTable } from './kernel-table.ts';

/** An element that ends this soon may have ended meanwhile. */
const nearEndMs = 1000;
/** Where nft tells the time, it is in whole seconds. */
const sameEndMs = 2000;
const entriesAtOnce = 4096;

/**
 * Writes down in the mirror that elements which the kernel does not have, or has with another end, are to be added again.
 * Those that it has besides are left alone.
 *
 * @returns how many there are
 */
export async function stageMissing({ mirror, netfilter, settings }: KernelTable, signal: AbortSignal): Promise<number> {
  let missing = 0;
  for (const set of [...mirror.sets()]) {
    if (!set.isMade || set.entries.size === 0) continue;
    const nowMs = settings.clock.nowMs();
    const left = new Map<string, number>();
    for (const { key, timeoutMs, expiresInMs = timeoutMs } of await netfilter.elements(set.nft, signal))
      left.set(key, expiresInMs ?? Number.POSITIVE_INFINITY);
    let looked = 0;
    for (const { key, endMs, list } of [...set.entries.values()]) {
      looked += 1;
      if (looked % entriesAtOnce === 0) await turn();
      const wantedMs = endMs - nowMs;
      const heldMs = left.get(key);
      const isSame = heldMs !== undefined && (heldMs === wantedMs || Math.abs(heldMs - wantedMs) <= sameEndMs);
      if (isSame || wantedMs <= nearEndMs) continue;
      mirror.want(set, key, endMs, list);
      missing += 1;
    }
  }
  return missing;
}
