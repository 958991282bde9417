import { type FileHandle, open } from 'node:fs/promises';
import { EximQueueError } from '../exim-queue-error.ts';
import { splitFolder } from '../id/split-folder.ts';
import type { QueuePlace } from '../queue-place.ts';
import { openFlags } from '../spool/open-flags.ts';
import { spoolFolders } from '../spool/spool-folders.ts';
import type { FilePart } from './part-name.ts';

/** A message may be moved, from one folder that was looked into to another that was not yet. */
const rounds = 2;
const forbidden: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM']);
const missing: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

/** What came of looking for a file: itself, that it is nowhere, or that a folder or the file may not be read. */
export type OpenedPart = FileHandle | 'gone' | 'denied';

/** Opens a file of a message, in whichever of the place's folders it lies. */
export async function openPart(place: QueuePlace, id: string, part: FilePart): Promise<OpenedPart> {
  let isDenied = false;
  for (let round = 0; round < rounds; round += 1) {
    for await (const path of pathsOf(place, id, part)) {
      const opened = await openFile(path);
      if (opened === 'denied') isDenied = true;
      else if (opened !== 'gone') return opened;
    }
  }
  return isDenied ? 'denied' : 'gone';
}

async function* pathsOf(place: QueuePlace, id: string, part: FilePart): AsyncGenerator<string> {
  for (const { input, msglog } of await spoolFolders(place)) {
    const folder = part === 'log' ? msglog : input;
    const name = part === 'log' ? id : `${id}-${part === 'headers' ? 'H' : 'D'}`;
    yield `${folder}/${name}`;
    yield `${folder}/${splitFolder(id)}/${name}`;
  }
}

async function openFile(path: string): Promise<OpenedPart> {
  let file: FileHandle;
  try {
    file = await open(path, openFlags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (missing.has(code)) return 'gone';
    if (forbidden.has(code)) return 'denied';
    throw unreadable(path, (error as Error).message, error);
  }
  const isFile = await file.stat().then((stat) => stat.isFile());
  if (isFile) return file;
  await file.close();
  throw unreadable(path, 'it is not a file');
}

const unreadable = (path: string, reason: string, cause?: unknown): EximQueueError =>
  new EximQueueError('ERR_EXIM_QUEUE_UNREADABLE', `${path} cannot be read: ${reason}`, { value: path, cause });
