import path from 'node:path';
import { noExim } from './exim/exim-command.ts';
import { denied, eximSaid } from './exim/exim-fault.ts';
import { findExim } from './exim/find-exim.ts';
import { ownSpool } from './exim/own-spool.ts';
import { isQueue, queueNames } from './exim/queue-names.ts';
import { runExim } from './exim/run-exim.ts';
import { accessCure } from './exim/spool-group.ts';
import { EximQueueError } from './exim-queue-error.ts';
import { checkOpenOptions } from './locate/check-open-options.ts';
import { findSpool } from './locate/find-spool.ts';
import { spoolAccess } from './locate/spool-access.ts';
import type { OpenOptions } from './options.ts';
import type { QueuePlace } from './queue-place.ts';

/** No message has it; asking for it alone is quick, however long the queue is. */
const nobodysId = '000000-000000-00';

/**
 * Finds the queue, and how it can be read.
 *
 * 1. The spool: the one that was given, else the one that Exim tells, else Debian's. One that is not there is an error,
 *    where Exim itself would show an empty queue.
 * 2. Files that may be read are (`backend: 'spool'`). Otherwise Exim is asked whether it lists the queue to this user;
 *    if so its text is read (`backend: 'exim'`), and `backendReason` says why and what would change that.
 * 3. A spool of another release than this machine's Exim is fine: the files tell their format.
 *
 * @throws {EximQueueError} (as a rejection) `OPTION`; `NO_SPOOL`; `NO_QUEUE` for a named queue that is not there;
 *   `DENIED` when this user may neither read the spool nor ask Exim; `NO_EXIM` for a named one, or with
 *   `backend: 'exim'`, that is not there; `EXIM` for faults of its configuration. The reason of `signal` when it aborts.
 */
export async function locateQueue(options: OpenOptions = {}): Promise<QueuePlace> {
  checkOpenOptions(options);
  options.signal?.throwIfAborted();
  const exim = findExim(options.exim);
  const program = {
    ...(exim !== undefined && { exim }),
    ...(options.config !== undefined && { config: path.resolve(options.config) }),
  };
  const place: QueuePlace = {
    backend: 'spool',
    ...(await findSpool(options, program)),
    queue: options.queue ?? '',
    aside: options.aside ?? true,
    ...program,
  };
  const isReadable = spoolAccess(place) === 'readable';
  if (isReadable) checkQueue(place);
  const { backend = 'auto' } = options;
  if (backend !== 'exim' && isReadable) return place;
  const fault = `${place.spoolDirectory} may not be read by this user`;
  if (backend === 'spool') throw denied(place, fault);
  if (exim === undefined) {
    if (isReadable) throw noExim('there is no Exim on this machine, and the queue is to be read by one');
    throw denied(place, `${fault}, and there is no Exim to ask`);
  }
  const reason = isReadable ? 'the caller wants it read by Exim' : `${fault}; ${accessCure(place.spoolDirectory)}`;
  const byExim: QueuePlace = { ...place, backend: 'exim', backendReason: reason };
  // Of a copy that this user may not read, the rights are what is wrong, not that Exim has another spool.
  if (!isReadable) await ownSpool(byExim).catch(() => Promise.reject(denied(place, fault)));
  await checkList(byExim, options.signal);
  return byExim;
}

function checkQueue({ queue, spoolDirectory }: QueuePlace): void {
  if (queue === '' || queue === '*' || isQueue(spoolDirectory, queue)) return;
  throw new EximQueueError('ERR_EXIM_QUEUE_NO_QUEUE', `there is no queue ${queue} in ${spoolDirectory}`, {
    cure: "name one that is there, or '*' for all",
  });
}

/** Makes sure that Exim lists the queue to this user, so that this is found out now and not in the midst of something. */
async function checkList(place: QueuePlace, signal: AbortSignal | undefined): Promise<void> {
  await queueNames(place);
  const run = await runExim(place, ['-bp', nobodysId], { signal });
  signal?.throwIfAborted();
  if (run.exitCode !== 0) throw eximSaid('Exim does not list its queue', run.stderr || run.stdout);
}
