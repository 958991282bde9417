import { closable } from '@sluice/pipeline/node';
import { EximQueueError } from '../exim-queue-error.ts';
import { option } from '../option-check.ts';
import type { PartOptions } from '../options.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { messageBytes } from './message-bytes.ts';
import type { PartName } from './part-name.ts';
import { partSettings } from './part-settings.ts';
import { rawPart } from './raw-part.ts';

const parts: readonly PartName[] = ['headers', 'body', 'log', 'message'];

/**
 * A part of a message byte for byte as Exim prints it: `headers` as `exim -Mvh`, `body` as `-Mvb`, `log` as `-Mvl`,
 * `message` as `-Mvc`. It is read from the files, in pieces of at most 64 KiB; only where this user may not read them Exim
 * is run. It takes no lock, so that it works while the message is being delivered, for `message` too.
 *
 * 1. Each iteration opens the files anew. What it has opened it reads to the end, even if the message leaves the queue
 *    meanwhile; a message that is not there any more fails with `GONE`.
 * 2. `message` has the line ends of this machine. Of a message that came by CHUNKING with `spool_wireformat` Exim prints
 *    nothing; here it is like any other.
 * 3. `message` needs a sound -H, of at most 64 MiB; where it is damaged it fails with `DAMAGED`, as Exim does.
 * 4. An abort, and the end of the iteration, close the files and end the Exim.
 *
 * @throws {EximQueueError} `ID`, `OPTION` at the call; in the iteration `GONE`, `DENIED`, `TOO_LARGE`, `UNREADABLE`,
 * `DAMAGED`, and `NO_EXIM`, `EXIM` where Exim had to be run
 */
export function readPart(
  place: QueuePlace,
  id: string,
  part: PartName,
  options: PartOptions = {},
): AsyncIterable<Uint8Array> {
  const { maxBytes, reports } = partSettings(id, options);
  option.word('part', part, undefined, parts);
  return closable((inner) => {
    const bytes =
      part === 'message' ? messageBytes(place, id, reports, inner) : rawPart(place, id, part, reports, inner);
    return counted(bytes, id, maxBytes, reports);
  }, options.signal);
}

async function* counted(
  chunks: AsyncGenerator<Buffer>,
  id: string,
  most: number,
  reports: Reports,
): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    reports.add('bytes', chunk.length);
    if (length > most) {
      const details = { limit: most, value: id };
      throw new EximQueueError('ERR_EXIM_QUEUE_TOO_LARGE', `${id} has more than ${most} bytes (maxBytes)`, details);
    }
    yield chunk;
  }
}
