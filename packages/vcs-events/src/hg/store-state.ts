import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Files of a store that change when changesets come, go, are hidden or shown. */
export const historyFiles: readonly string[] = ['00changelog.i', '00changelog.d', '00changelog.n', 'obsstore'];

/**
 * What tells one state of a history from another without running Mercurial; undefined when nothing does, as with a format
 * of a later day.
 */
export async function storeState(store: string): Promise<string | undefined> {
  const [changelog, obsolete] = await Promise.all([stateOf(store, '00changelog.i'), stateOf(store, 'obsstore')]);
  return changelog === undefined ? undefined : `${changelog} ${obsolete}`;
}

async function stateOf(store: string, name: string): Promise<string | undefined> {
  const stats = await stat(path.join(store, name), { bigint: true }).catch(() => undefined);
  return stats === undefined ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
