import type { ImportCounts, ImportedBan } from './imported-ban.ts';
import type { LmdbBanStore } from './lmdb-ban-store.ts';

/** Few enough to be in memory at a time. */
const perTransaction = 10_000;

/**
 * Takes over bans of another program. What the state knows already, or knows a later ban of, stays as it is: importing
 * twice changes nothing.
 *
 * @param nowMs what time it is: bans that are over do not stand
 * @returns what came over, by jail, when it is on the disk
 */
export async function importBans(
  store: LmdbBanStore,
  bans: Iterable<ImportedBan>,
  nowMs: number,
): Promise<ReadonlyMap<string, ImportCounts>> {
  const counts = new Map<string, ImportCounts>();
  let unsaved = 0;
  for (const item of bans) {
    const of = counts.get(item.jail) ?? { standing: 0, last: 0, past: 0, known: 0 };
    counts.set(item.jail, of);
    for (const what of store.take(item, nowMs)) of[what] += 1;
    unsaved += 1;
    if (unsaved % perTransaction === 0) await store.flush();
  }
  await store.flush();
  return counts;
}
