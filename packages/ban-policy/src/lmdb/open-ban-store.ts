import path from 'node:path';
import { check } from '../check.ts';
import { needRoom } from './disk-room.ts';
import { Environment, makeFolder } from './environment.ts';
import { LmdbBanStore } from './lmdb-ban-store.ts';
import { type BanStoreOptions, resolveStoreOptions } from './options.ts';
import { ProcessLock } from './process-lock.ts';
import { storeFault } from './store-fault.ts';
import { StoreReports } from './store-reports.ts';

/**
 * Opens the state in a folder, or makes it: bans that stand, counters, places in the logs, past bans. It survives the end
 * of the process at any point, and of the machine when its disk keeps what it confirms.
 *
 * - One process at a time has it; the folder is made for its owner only.
 * - A file that cannot be read is moved aside to `data.mdb.corrupt-TIME` and reported; the state begins anew. It is read
 *   through for that in a process of its own when the last process that had it did not close it (2 s a million records).
 *
 * @param folder path of the folder
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION`; `ERR_BAN_POLICY_STORE_LOCKED` naming the process that has it;
 *   `ERR_BAN_POLICY_STORE_VERSION` for state of a newer version; `ERR_BAN_POLICY_STORE` with the cause when the folder or
 *   file cannot be used
 */
export function openBanStore(folder: string, options: BanStoreOptions = {}): LmdbBanStore {
  check.text('folder', folder, 'a path');
  const resolved = resolveStoreOptions(options);
  const place = path.resolve(folder);
  let lock: ProcessLock | undefined;
  try {
    makeFolder(place);
    needRoom(place);
    lock = new ProcessLock(place);
    const reports = new StoreReports(place, resolved);
    const environment = Environment.open(place, lock.isInherited, (reason, to) => reports.movedAside(reason, to));
    return new LmdbBanStore(place, environment, lock, resolved);
  } catch (cause) {
    lock?.release();
    throw storeFault('the state cannot be opened', place, cause);
  }
}
