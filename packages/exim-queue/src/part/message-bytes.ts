import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { withoutCarriageReturns } from './plain-lines.ts';
import { rawPart } from './raw-part.ts';
import { sentHeaders } from './sent-headers.ts';

/** -H is needed as a whole; nothing that can be sent has so many headers. */
const maxHeaderFileBytes = 64 << 20;
const lineBreak = Buffer.from('\n');

/** A message as it would be sent: the headers that were not replaced, a blank line, and the body, with plain line breaks. */
export async function* messageBytes(
  place: QueuePlace,
  id: string,
  reports: Reports,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const file = await wholeHeaderFile(place, id, reports, signal);
  if (signal.aborted) return;
  const { headers, isWireFormat } = sentHeaders(file, id);
  const lines = withoutName(rawPart(place, id, 'body', reports, signal), id);
  let isFirst = true;
  // Nothing is handed out before the body is there: a message is shown as a whole or not at all.
  for await (const chunk of isWireFormat ? withoutCarriageReturns(lines) : lines) {
    if (isFirst) yield* [headers, lineBreak];
    isFirst = false;
    yield chunk;
  }
  if (isFirst && !signal.aborted) yield* [headers, lineBreak];
}

async function wholeHeaderFile(place: QueuePlace, id: string, reports: Reports, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of rawPart(place, id, 'headers', reports, signal)) {
    length += chunk.length;
    if (length > maxHeaderFileBytes) {
      const details = { limit: maxHeaderFileBytes, value: id };
      throw new EximQueueError(
        'ERR_EXIM_QUEUE_TOO_LARGE',
        `${id}-H has more than ${maxHeaderFileBytes} bytes`,
        details,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What follows the first line of -D, which is the file's name. */
async function* withoutName(chunks: AsyncIterable<Buffer>, id: string): AsyncGenerator<Buffer> {
  let left = `${id}-D\n`.length;
  for await (const chunk of chunks) {
    const rest = chunk.subarray(left);
    left -= chunk.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
