import { accessSync, constants, opendirSync, statSync } from 'node:fs';
import path from 'node:path';
import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';

/** What a spool has, of which one is enough: `input` is made when the first message comes, for example. */
const folders = ['input', 'Finput', 'msglog', 'db'];

/**
 * Whether the files of a spool may be read by this user.
 *
 * @throws {EximQueueError} `NO_SPOOL` when there is no such folder, or it holds nothing that a spool does: Exim makes the folder
 *   when it is asked, so a wrong path or a volume that is not mounted looks like an empty queue
 */
export function spoolAccess({ spoolDirectory, spoolFrom, queue }: QueuePlace): 'readable' | 'denied' {
  try {
    if (!statSync(spoolDirectory).isDirectory()) throw noSpool(`${spoolDirectory} is not a folder`, spoolFrom);
    accessSync(spoolDirectory, constants.X_OK);
    if (queue === '*') accessSync(spoolDirectory, constants.R_OK);
    const isNamed = queue !== '' && queue !== '*';
    const isSpool = [...folders, ...(isNamed ? [queue] : [])].some((name) => isThere(path.join(spoolDirectory, name)));
    if (!isSpool) throw noSpool(`${spoolDirectory} is not a spool of Exim`, spoolFrom);
    const home = isNamed ? path.join(spoolDirectory, queue) : spoolDirectory;
    for (const input of ['input', 'Finput'].map((name) => path.join(home, name))) if (isThere(input)) open(input);
    return 'readable';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return 'denied';
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw noSpool(`there is no spool at ${spoolDirectory}`, spoolFrom, error);
    throw error;
  }
}

function open(folder: string): void {
  opendirSync(folder).closeSync();
  accessSync(folder, constants.X_OK);
}

function isThere(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const cures: Readonly<Record<QueuePlace['spoolFrom'], string>> = {
  option: "name Exim's spool_directory with the option spool",
  exim: 'mount it, or mend spool_directory in its configuration; one that never had a message is none yet',
  default: 'name it with the option spool, or Exim with the option exim',
};

const noSpool = (fault: string, from: QueuePlace['spoolFrom'], cause?: unknown): EximQueueError =>
  new EximQueueError('ERR_EXIM_QUEUE_NO_SPOOL', fault, { cure: cures[from], cause });
