import { statSync } from 'node:fs';
import { join } from 'node:path';
import { queueNames } from '../exim/queue-names.ts';
import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { SpoolFolder } from './spool-folder.ts';

/**
 * The folders of a place's queue or queues: `input` and, unless the place leaves out what was put aside, `Finput`. A
 * folder that is not there yet is among them all the same: Exim makes it when it first needs it.
 *
 * @throws {EximQueueError} (as a rejection) `NO_SPOOL` when the spool is not there (any more); `DENIED` when all queues
 *   are wanted and the spool may not be read
 */
export async function spoolFolders(place: QueuePlace): Promise<readonly SpoolFolder[]> {
  checkSpool(place.spoolDirectory);
  return (await queueNames(place)).flatMap((queue) => foldersOf(place, queue));
}

/** The folders of one queue of a place's spool, whether they are there or not. */
export function foldersOf({ spoolDirectory, aside }: QueuePlace, queue: string): readonly SpoolFolder[] {
  const root = join(spoolDirectory, queue);
  const main = { queue, isAside: false, input: join(root, 'input'), msglog: join(root, 'msglog') };
  return aside ? [main, { queue, isAside: true, input: join(root, 'Finput'), msglog: join(root, 'Fmsglog') }] : [main];
}

function checkSpool(spoolDirectory: string): void {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(spoolDirectory, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // Not ours to judge: what may not be read is reported where it is read.
    return;
  }
  if (isDirectory) return;
  const cure = 'name the folder that `exim -bP spool_directory` tells';
  throw new EximQueueError('ERR_EXIM_QUEUE_NO_SPOOL', `there is no spool at ${spoolDirectory}`, { cure });
}
