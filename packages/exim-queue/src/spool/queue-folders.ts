import { readdirSync } from 'node:fs';
import { isQueue } from '../exim/queue-names.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { SpoolFolder } from './spool-folder.ts';
import { foldersOf } from './spool-folders.ts';

/** As `spoolFolders`, but synchronously and without errors; of a spool that is gone or may not be read, those of the main queue. */
export function queueFolders(place: QueuePlace): readonly SpoolFolder[] {
  const { queue, spoolDirectory } = place;
  const names = queue === '*' ? ['', ...namesIn(spoolDirectory)] : [queue];
  return names.flatMap((name) => foldersOf(place, name));
}

function namesIn(spoolDirectory: string): readonly string[] {
  try {
    return readdirSync(spoolDirectory).filter((name) => isQueue(spoolDirectory, name));
  } catch {
    return [];
  }
}
