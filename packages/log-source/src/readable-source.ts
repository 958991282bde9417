import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Chunk } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable } from 'rxjs';
import { check } from './check.ts';
import { ChunkOutput } from './chunks/chunk-output.ts';
import { LogSourceError } from './log-source-error.ts';
import { Meter } from './metrics.ts';
import type { ReadableOptions } from './options.ts';
import { commonSettings } from './settings.ts';
import { ReadablePump } from './stream/readable-pump.ts';

/**
 * Reads a stream of bytes (or of text, as UTF-8) to its end: one source, handed out in whole lines.
 *
 * 1. The stream is only read while fewer than `maxInFlight` chunks are un-acked; its own back-pressure does the rest.
 * 2. Whole lines are handed out as soon as they arrive. A last line without its break comes with `ending: 'end'`.
 * 3. Completes at the stream's end. Errors with `ERR_LOG_SOURCE_STREAM` when the stream fails or closes before it,
 *    after what was read of it.
 * 4. Unsubscribing or aborting destroys the stream. It can be subscribed to once.
 *
 * @param stream of Node.js or of the Web
 * @throws LogSourceError `ERR_LOG_SOURCE_OPTION` at once for an option that cannot be
 */
export function fromReadable(
  stream: Readable | ReadableStream<Uint8Array>,
  options: ReadableOptions = {},
): Observable<Chunk> {
  const settings = commonSettings(options);
  const { path = '<stream>', id = randomBytes(16).toString('hex'), live = false } = options;
  for (const [option, value] of Object.entries({ path, id }))
    if (typeof value !== 'string' || value === '') throw check.bad(option, 'a text', value);
  let isUsed = false;
  return new Observable<Chunk>((subscriber) => {
    const readable = isUsed ? undefined : asReadable(stream);
    isUsed = true;
    if (readable === undefined || readable.destroyed || readable.readableEnded) {
      const cure = 'make a new stream for each subscription';
      return subscriber.error(new LogSourceError('ERR_LOG_SOURCE_STREAM', 'the stream was used before', { cure }));
    }
    const meter = new Meter(settings.metrics);
    const output = new ChunkOutput(settings, meter, (chunk) => subscriber.next(chunk));
    const pump = new ReadablePump(readable, { id, path, live }, settings, output, meter, {
      ended: () => subscriber.complete(),
      failed: (error) => subscriber.error(error),
    });
    subscriber.add(() => pump.stop());
    pump.start();
  }).pipe(untilAborted(options.signal));
}

const asReadable = (stream: Readable | ReadableStream<Uint8Array>): Readable =>
  stream instanceof Readable ? stream : Readable.fromWeb(stream);
