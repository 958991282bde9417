import { ChildFailure, readChild } from '@sluice/pipeline/node';
import { eximCommand } from '../exim/exim-command.ts';
import { denied, eximFailure, eximSaid } from '../exim/exim-fault.ts';
import { ownSpool } from '../exim/own-spool.ts';
import { queueNames } from '../exim/queue-names.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { gone } from './gone.ts';
import type { FilePart } from './part-name.ts';

const options = { headers: '-Mvh', body: '-Mvb', log: '-Mvl' } as const;
/** Exim tells errors where the file would be, on standard output; they are shorter than this. */
const maxErrorBytes = 1024;
const missing = /^Failed to open .*: No such file or directory\n?$/;
const refused = /^permission denied\n?$/i;

/**
 * A file of a message as Exim prints it, for those who may not read the spool.
 *
 * @throws {EximQueueError} `GONE`, `DENIED`, `NO_EXIM`, `EXIM`
 */
export async function* eximBytes(
  place: QueuePlace,
  id: string,
  part: FilePart,
  reports: Reports,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  await ownSpool(place);
  for (const queue of await queueNames(place)) {
    if (signal.aborted || (yield* fromQueue(place, queue, id, part, reports, signal))) return;
  }
  throw gone(id, part);
}

/** Whether the message was in this queue. */
async function* fromQueue(
  place: QueuePlace,
  queue: string,
  id: string,
  part: FilePart,
  reports: Reports,
  signal: AbortSignal,
): AsyncGenerator<Buffer, boolean> {
  const command = eximCommand(place, [...(queue === '' ? [] : [`-qG${queue}`]), options[part], id]);
  let held: Buffer | undefined = Buffer.alloc(0);
  reports.add('runs');
  try {
    for await (const chunk of readChild(command, signal)) {
      if (held === undefined) yield chunk;
      else {
        held = Buffer.concat([held, chunk]);
        if (held.length <= maxErrorBytes) continue;
        yield held;
        held = undefined;
      }
    }
  } catch (error) {
    if (!(error instanceof ChildFailure) || held === undefined) throw eximFailure(place, error);
    const words = held.toString('utf8');
    if (missing.test(words)) return false;
    if (refused.test(words)) throw denied(place, "this user is none of Exim's administrators");
    throw words === '' ? eximFailure(place, error) : eximSaid('Exim does not print it', words, error);
  }
  if (held !== undefined && held.length > 0 && !signal.aborted) yield held;
  return true;
}
