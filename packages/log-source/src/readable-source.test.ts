import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk } from '@sluice/pipeline';
import fc from 'fast-check';
import { until } from '../../../tools/testing/until.ts';
import { fromReadable } from './readable-source.ts';
import { Collected } from './testing/collected.ts';

describe('fromReadable', () => {
  test('hands out the same lines however the stream is cut into blocks, also byte by byte', async () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', 'é', 'x'.repeat(40)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 50 })), async (parts, sizes) => {
        const bytes = Buffer.from(parts.join(''));
        const blocks: Buffer[] = [];
        for (let rest = bytes; rest.length > 0; ) {
          const size = sizes[blocks.length] ?? 1;
          blocks.push(rest.subarray(0, size));
          rest = rest.subarray(size);
        }
        const options = { maxLineBytes: 100, chunkBytes: 1024 };
        const got = new Collected();
        const counted = { metrics: got.metrics, ...options };
        got.subscribe(fromReadable(Readable.from(blocks, { objectMode: false }), counted));
        await until(() => got.isComplete);
        const skipped = got.metrics.get('log_source_skipped_bytes_total');
        expect(Buffer.concat(got.blocks).length + skipped).toBe(bytes.length);
        const expected = bytes
          .toString('latin1')
          .split('\n')
          .map((line) => line.slice(0, 100));
        if (expected.at(-1) === '') expected.pop();
        // A cut line has no break: the next one comes in the next chunk.
        expect(got.blocks.flatMap((block) => block.toString('latin1').replace(/\n$/, '').split('\n'))).toEqual(
          expected,
        );
      }),
    );
  });

  test('hands out lines when they come, and the unfinished one at the end', async () => {
    const stream = new PassThrough();
    const got = new Collected().subscribe(fromReadable(stream, { path: '<feed>', id: 'feed-1', live: true }));
    stream.write('one\ntw');
    expect(await got.line('one')).toMatchObject({ id: 'feed-1', path: '<feed>', offset: 0, live: true });
    stream.end('o\nthree');
    await until(() => got.isComplete);
    expect(got.texts).toEqual(['one', 'two', 'three']);
    expect(got.endings).toEqual(['break', 'break', 'end']);
    expect(got.lines[2]).toMatchObject({ offset: 8 });
  });

  test('hands out what comes after a line that was cut at once', async () => {
    const stream = new PassThrough();
    const got = new Collected().subscribe(fromReadable(stream, { maxLineBytes: 20 }));
    stream.write(`${'x'.repeat(50)}\nnext\n`);
    await got.line('next');
    expect(got.endings).toEqual(['cut', 'break']);
  });

  test('stops reading without credits, so that the writer waits', async () => {
    const stream = new PassThrough({ highWaterMark: 1024 });
    const chunks: Chunk[] = [];
    let isComplete = false;
    fromReadable(stream, { ack: 'manual', maxInFlight: 2, chunkBytes: 1024, maxLineBytes: 100 }).subscribe({
      next: (chunk) => chunks.push(chunk),
      complete: () => {
        isComplete = true;
      },
    });
    let accepted = 0;
    let isFull = false;
    for (; accepted < 1000 && !isFull; accepted += 1) {
      isFull = !stream.write(`line ${String(accepted).padStart(100, '0')}\n`);
      await new Promise(setImmediate);
    }
    expect(isFull).toBe(true);
    expect(chunks).toHaveLength(2);
    stream.end();
    let taken = 0;
    while (!isComplete || taken < chunks.length) {
      chunks[taken]?.ack();
      taken += 1;
      await new Promise(setImmediate);
    }
    const bytes = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk.bytes)));
    expect(bytes.length).toBe(100 * chunks.length);
  });

  test('takes Web streams and text', async () => {
    const web = new Blob(['one\ntwo']).stream() as unknown as import('node:stream/web').ReadableStream<Uint8Array>;
    const text = Readable.from(['drei é\n', 'vier\n']).setEncoding('utf8');
    const got = [new Collected().subscribe(fromReadable(web)), new Collected().subscribe(fromReadable(text))];
    await until(() => got.every(({ isComplete }) => isComplete));
    expect(got.map(({ texts }) => texts)).toEqual([
      ['one', 'two'],
      ['drei é', 'vier'],
    ]);
  });

  test('errors when the stream fails or is closed before its end, after what was read of it', async () => {
    for (const end of [
      (stream: PassThrough) => stream.destroy(new Error('boom')),
      (stream: PassThrough) => stream.destroy(),
    ]) {
      const stream = new PassThrough();
      const got = new Collected().subscribe(fromReadable(stream));
      stream.write('one\ntwo');
      await got.line('one');
      end(stream);
      await until(() => got.error !== undefined);
      expect(got.texts).toEqual(['one', 'two']);
      expect(got.error).toMatchObject({ name: 'LogSourceError', code: 'ERR_LOG_SOURCE_STREAM' });
    }
  });

  test('destroys the stream when unsubscribed from or aborted, and refuses a second subscription', async () => {
    const stream = new PassThrough();
    const abort = new AbortController();
    const source = fromReadable(stream, { signal: abort.signal });
    const got = new Collected().subscribe(source);
    stream.write('one\n');
    await got.line('one');
    abort.abort();
    await sleep(1);
    expect({ isComplete: got.isComplete, destroyed: stream.destroyed }).toEqual({ isComplete: true, destroyed: true });
    const used = fromReadable(stream);
    expect(new Collected().subscribe(used).error).toMatchObject({ code: 'ERR_LOG_SOURCE_STREAM' });
  });
});
