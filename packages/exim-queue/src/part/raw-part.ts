import { denied } from '../exim/exim-fault.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { eximBytes } from './exim-bytes.ts';
import { fileBytes } from './file-bytes.ts';
import { gone } from './gone.ts';
import { openPart } from './open-part.ts';
import type { FilePart } from './part-name.ts';

/**
 * A file of a message, from the spool, or by Exim where this user may not read it.
 *
 * @throws {EximQueueError} `GONE`, `DENIED`, `UNREADABLE`, and what Exim may fail with
 */
export async function* rawPart(
  place: QueuePlace,
  id: string,
  part: FilePart,
  reports: Reports,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (signal.aborted) return;
  const opened = place.backend === 'spool' ? await openPart(place, id, part) : 'denied';
  if (opened === 'gone') throw gone(id, part);
  if (opened !== 'denied') {
    reports.add('files');
    yield* fileBytes(opened, signal);
  } else if (place.exim === undefined) throw denied(place, `this user may not read the files of ${id}`);
  else yield* eximBytes(place, id, part, reports, signal);
}
