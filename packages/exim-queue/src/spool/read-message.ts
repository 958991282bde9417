import { EximQueueError } from '../exim-queue-error.ts';
import { isMessageId } from '../id/is-message-id.ts';
import { splitFolder } from '../id/split-folder.ts';
import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { FileBytes } from './file-bytes.ts';
import { LockView } from './lock-view.ts';
import { MessageReader } from './message-reader.ts';
import { queueFolders } from './queue-folders.ts';
import type { SpoolDirectory } from './spool-directory.ts';
import type { SpoolFolder } from './spool-folder.ts';

/** A message may be moved, from a folder that was not looked into yet to one that was. */
const rounds = 2;
/** Made when it is first needed, and then used again: a message is read often, and never two at once. */
let bytes: FileBytes | undefined;

/** What of a message to read. */
export interface ReadMessageOptions {
  /** In which of the place's queues; `'*'` in all. Default: the place's. */
  readonly queue?: string;
  /** What to read besides the envelope. Default: nothing. */
  readonly fields?: readonly QueueField[];
  /** With the field `headers`: which, by their names in lower case. Default: all. */
  readonly headers?: readonly string[];
}

/**
 * One message as its files are now, or undefined when it is not in the queue. Synchronous, some 20 µs from the cache; it
 * looks into both layouts of the spool and, if they belong to the place, among messages that were put aside. Its strings
 * are copies. An entry with a `problem` is given for one that is damaged or may not be read; an -H of more than 8 MiB is.
 *
 * @throws {EximQueueError} `ID`
 */
export function readMessage(
  place: QueuePlace,
  id: string,
  { queue = place.queue, fields = [], headers }: ReadMessageOptions = {},
): QueueEntry | undefined {
  if (!isMessageId(id))
    throw new EximQueueError('ERR_EXIM_QUEUE_ID', `${JSON.stringify(id)} is no message id`, { value: id });
  bytes ??= new FileBytes();
  const reader = new MessageReader({
    fields: new Set(fields),
    headers: headers === undefined ? 'all' : new Set(headers),
    filter: undefined,
    nowMs: 0,
    locks: new LockView(),
    bytes,
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const folder of queueFolders({ ...place, queue })) {
      const entry = readIn(reader, folder, id);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

function readIn(reader: MessageReader, folder: SpoolFolder, id: string): QueueEntry | undefined {
  for (const split of ['', `${splitFolder(id)}/`]) {
    const directory: SpoolDirectory = { folder, path: `${folder.input}/${split}`, split, journals: undefined };
    const entry = reader.read(directory, `${id}-H`);
    if (typeof entry !== 'string') return entry;
  }
  return undefined;
}
