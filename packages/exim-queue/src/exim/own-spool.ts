import { realpathSync } from 'node:fs';
import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';
import { askSettings } from './ask-settings.ts';

const answers = new WeakMap<QueuePlace, Promise<void>>();

/**
 * Makes sure that a place's Exim works on the place's spool. A caller may name the spool of another machine, a backup or
 * a copy: what is done to a message found there must not befall this machine's own queue, which may have the same id.
 *
 * @throws {EximQueueError} `EXIM` when its `spool_directory` is another folder; what asking it throws
 */
export function ownSpool(place: QueuePlace): Promise<void> {
  if (place.spoolFrom === 'exim') return Promise.resolve();
  const known = answers.get(place);
  if (known !== undefined) return known;
  const answer = compare(place);
  answers.set(place, answer);
  // What failed may be mended by the next time.
  answer.catch(() => answers.delete(place));
  return answer;
}

async function compare(place: QueuePlace): Promise<void> {
  const { spoolDirectory } = await askSettings(place);
  if (realPath(spoolDirectory) === realPath(place.spoolDirectory)) return;
  const fault = `${place.exim} works on the spool ${spoolDirectory}, not on ${place.spoolDirectory}`;
  throw new EximQueueError('ERR_EXIM_QUEUE_EXIM', fault, {
    cure: 'name the configuration of that spool with the option config; without one it can only be read',
  });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
