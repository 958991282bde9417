import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { QueuePlace } from '../queue-place.ts';
import { denied } from './exim-fault.ts';

/**
 * The names of the queues that belong to a place: its own, or with `'*'` the main one (`''`) and each folder of the spool
 * that has an `input` or a `Finput` of its own.
 *
 * @throws {EximQueueError} `DENIED` when all are asked for and the spool may not be read: Exim does not tell their names
 */
export async function queueNames(place: Pick<QueuePlace, 'queue' | 'spoolDirectory'>): Promise<readonly string[]> {
  if (place.queue !== '*') return [place.queue];
  const { spoolDirectory } = place;
  try {
    const named = readdirSync(spoolDirectory).filter((name) => isQueue(spoolDirectory, name));
    return ['', ...named.sort()];
  } catch {
    throw denied(place, 'which queues there are can only be seen in the spool, which this user may not read');
  }
}

/** Whether a folder of the spool is a named queue. Throws the system's error where that cannot be seen. */
export const isQueue = (spoolDirectory: string, name: string): boolean =>
  !mainFolders.has(name) && ['input', 'Finput'].some((input) => isFolder(path.join(spoolDirectory, name, input)));

/** Folders of the main queue, in which anything may be. */
export const mainFolders: ReadonlySet<string> = new Set(['input', 'msglog', 'Finput', 'Fmsglog', 'db', 'log', 'scan']);

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
