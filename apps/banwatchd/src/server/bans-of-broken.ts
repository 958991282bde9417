import type { BanStore } from '@sluice/ban-policy';
import type { Ban } from '@sluice/pipeline';
import { restoredBan } from '../jail/restored-ban.ts';

/**
 * The bans of jails that are configured and cannot run. A slip in a configuration is to let nobody in: until it is mended,
 * they stand as they are.
 */
export async function bansOfBroken(store: BanStore, jails: Iterable<string>, nowMs: number): Promise<readonly Ban[]> {
  const bans: Ban[] = [];
  for (const jail of new Set(jails)) {
    const part = store.openJail(jail, () => undefined);
    for (const ban of part.kept.bans) if (ban.endMs > nowMs) bans.push(restoredBan(jail, ban));
    await part.close();
  }
  return bans;
}
