import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { crc32, gzipSync } from 'node:zlib';
import type { Chunk, Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import type { ReadOptions } from './options.ts';
import { readFiles } from './read-source.ts';
import { Collected } from './testing/collected.ts';

const temp = tempFolder();

async function read(paths: string | readonly string[], options: ReadOptions = {}): Promise<Collected> {
  const got = new Collected();
  const rejects = { next: (reject: Reject) => got.rejects.push(reject) };
  got.subscribe(readFiles(paths, { metrics: got.metrics, rejects, ...options }));
  await until(() => got.isComplete);
  return got;
}

const text = (lines: number): string =>
  Array.from({ length: lines }, (_, index) => `line ${index} of the log\n`).join('');

describe('readFiles', () => {
  test('reads files in the order given and completes', async () => {
    writeFileSync(temp('b.log'), 'one\ntwo\n');
    writeFileSync(temp('a.log'), 'three\nfour');
    const got = await read([temp('b.log'), temp('a.log')]);
    expect(got.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(got.chunks.map(({ ending, live }) => ({ ending, live }))).toEqual([
      { ending: 'break', live: false },
      { ending: 'break', live: false },
      { ending: 'end', live: false },
    ]);
    expect(got.lines[3]).toMatchObject({ path: temp('a.log'), offset: 6 });
  });

  test('gives a file the same id each time, and two files two', async () => {
    writeFileSync(temp('a.log'), 'same\n');
    writeFileSync(temp('b.log'), 'same\n');
    const ids = (await read([temp('a.log'), temp('b.log')])).lines.map(({ id }) => id);
    expect((await read([temp('a.log'), temp('b.log')])).lines.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
  });

  test('completes without a chunk for an empty file', async () => {
    writeFileSync(temp('a.log'), '');
    expect((await read(temp('a.log'))).chunks).toEqual([]);
  });

  test('hands out the same bytes plain and packed, whatever the chunks, the lines and the members', async () => {
    const line = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.nat(3000).map((length) => 'x'.repeat(length)),
    );
    const log = fc.array(line, { maxLength: 60 }).map((lines) => Buffer.from(lines.join('\n')));
    await fc.assert(
      fc.asyncProperty(log, fc.array(fc.nat(), { maxLength: 3 }), fc.boolean(), async (bytes, cuts, isPadded) => {
        const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const members = at.slice(1).map((end, index) => gzipSync(bytes.subarray(at[index], end)));
        writeFileSync(temp('a.log'), bytes);
        writeFileSync(temp('a.log.gz'), Buffer.concat([...members, Buffer.alloc(isPadded ? 512 : 0)]));
        const options = { chunkBytes: 1024, maxLineBytes: 1000 };
        const [plain, packed] = [await read(temp('a.log'), options), await read(temp('a.log.gz'), options)];
        const shown = (got: Collected) => got.lines.map(({ offset, text }) => ({ offset, text }));
        expect(shown(packed)).toEqual(shown(plain));
        expect(packed.codes).toEqual([]);
        const counted = (got: Collected, what: string) => got.metrics.get(`log_source_${what}_bytes_total`);
        for (const got of [plain, packed]) expect(counted(got, 'emitted') + counted(got, 'skipped')).toBe(bytes.length);
      }),
      { numRuns: 60 },
    );
  });

  test('reads a gzip header with all its optional parts', async () => {
    const whole = gzipSync('one\ntwo\n');
    const fixed = Buffer.from(whole.subarray(0, 10));
    fixed[3] = 2 + 4 + 8 + 16;
    const parts = [fixed, Buffer.from([3, 0, 1, 2, 3]), Buffer.from('a.log\0'), Buffer.from('comment\0')];
    const headerCrc = Buffer.alloc(2);
    headerCrc.writeUInt16LE(crc32(Buffer.concat(parts)) & 0xffff);
    writeFileSync(temp('a.gz'), Buffer.concat([...parts, headerCrc, whole.subarray(10)]));
    expect((await read(temp('a.gz'))).texts).toEqual(['one', 'two']);
  });

  test('hands out all that a half-written gzip file holds, reports it with the offset reached, and goes on', async () => {
    const log = text(20_000);
    const packed = gzipSync(log);
    for (const missing of [1, 8, 9, 1000, packed.length - 15, packed.length - 5]) {
      writeFileSync(temp('a.log.gz'), packed.subarray(0, packed.length - missing));
      writeFileSync(temp('b.log'), 'next\n');
      const got = await read([temp('a.log.gz'), temp('b.log')]);
      const expected = execFileSync('sh', ['-c', 'gzip -dc 2>&- < "$1" || true', '-', temp('a.log.gz')], {
        maxBuffer: 1e8,
      });
      const bytes = Buffer.concat(got.blocks.slice(0, -1));
      // gzip itself drops what it unpacked last when the end is missing.
      expect(bytes.length).toBeGreaterThanOrEqual(expected.length);
      expect(log.startsWith(bytes.toString())).toBe(true);
      if (missing <= 8) expect(bytes.length).toBe(log.length);
      expect(got.texts.at(-1)).toBe('next');
      expect(got.rejects).toEqual([
        expect.objectContaining({
          code: 'ERR_LOG_SOURCE_GZIP',
          path: temp('a.log.gz'),
          offset: bytes.length,
          reason: expect.stringMatching(/the file ends in the middle at byte \d+; read it again when it is whole/),
        }),
      ]);
    }
  });

  test('reports damage and garbage in a gzip file', async () => {
    const packed = gzipSync(text(20_000));
    const flipped = Buffer.from(packed);
    flipped.writeUInt8(255 - flipped.readUInt8(20_000), 20_000);
    const wrongSum = Buffer.from(packed);
    wrongSum.writeUInt8(255 - wrongSum.readUInt8(packed.length - 6), packed.length - 6);
    writeFileSync(temp('1.gz'), flipped);
    writeFileSync(temp('2.gz'), wrongSum);
    writeFileSync(temp('3.gz'), Buffer.concat([gzipSync('before\n'), Buffer.from('garbage')]));
    const got = await read([temp('1.gz'), temp('2.gz'), temp('3.gz')]);
    expect(got.codes).toEqual(Array(3).fill('ERR_LOG_SOURCE_GZIP'));
    expect(got.rejects[1]?.reason).toContain('the check sum is wrong');
    expect(got.rejects[2]?.reason).toContain('there is something else than gzip');
    expect(got.texts.at(-1)).toBe('before');
    expect(got.lines.filter(({ path }) => path === temp('2.gz'))).toHaveLength(20_000);
  });

  test('reports what is missing, a folder and another compression, and reads the rest', async () => {
    mkdirSync(temp('folder'));
    writeFileSync(temp('a.zst'), Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]));
    writeFileSync(temp('a.log'), 'one\n');
    const got = await read([temp('missing'), temp('folder'), temp('a.zst'), temp('a.log')]);
    expect(got.texts).toEqual(['one']);
    expect(got.rejects.map(({ code, path }) => `${code} ${path}`)).toEqual([
      `ERR_LOG_SOURCE_MISSING ${temp('missing')}`,
      `ERR_LOG_SOURCE_NOT_A_FILE ${temp('folder')}`,
      `ERR_LOG_SOURCE_COMPRESSED ${temp('a.zst')}`,
    ]);
    expect(got.rejects[2]?.reason).toContain('unpack it with zstd -d');
  });

  test('reports a file that is cut while it is read', async () => {
    writeFileSync(temp('a.log'), text(50_000));
    writeFileSync(temp('b.log'), 'next\n');
    const metrics = { add: () => truncateSync(temp('a.log'), 10) };
    const got = await read([temp('a.log'), temp('b.log')], { chunkBytes: 65_536, metrics });
    expect(got.codes).toEqual(['ERR_LOG_SOURCE_TRUNCATED']);
    expect(got.texts.at(-1)).toBe('next');
  });

  test.each(['plain', 'packed'])('reads a %s file on only while there are credits', async (kind) => {
    const log = text(100_000);
    writeFileSync(temp('a.log'), kind === 'plain' ? log : gzipSync(log));
    const chunks: Chunk[] = [];
    let isComplete = false;
    readFiles(temp('a.log'), { ack: 'manual', maxInFlight: 2, chunkBytes: 65_536 }).subscribe({
      next: (chunk) => chunks.push(chunk),
      complete: () => {
        isComplete = true;
      },
    });
    await until(() => chunks.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(chunks).toHaveLength(2);
    const parts: Buffer[] = [];
    while (!isComplete || chunks.length > 0) {
      const chunk = chunks.shift();
      if (chunk !== undefined) parts.push(Buffer.from(chunk.bytes));
      chunk?.ack();
      await new Promise(setImmediate);
    }
    expect(Buffer.concat(parts).toString()).toBe(log);
  });

  test('stops when unsubscribed from and closes the file', async () => {
    writeFileSync(temp('a.log.gz'), gzipSync(text(200_000)));
    const open = (): number =>
      Number(execFileSync('sh', ['-c', `ls -l /proc/${process.pid}/fd | grep -c "$1" || true`, '-', temp()]));
    const got = new Collected().subscribe(readFiles(temp('a.log.gz')));
    await until(() => got.chunks.length > 1);
    expect(open()).toBe(1);
    got.stop();
    const { length } = got.chunks;
    await until(() => open() === 0);
    expect(got.chunks).toHaveLength(length);
    expect(got.isComplete).toBe(false);
  });

  test('reads a growing file to the end that it has when it is reached', async () => {
    writeFileSync(temp('a.log'), 'one\n');
    let isGrown = false;
    const metrics = {
      add: () => {
        if (!isGrown) appendFileSync(temp('a.log'), 'two\n');
        isGrown = true;
      },
    };
    await read(temp('a.log'), { metrics });
    expect((await read(temp('a.log'))).texts).toEqual(['one', 'two']);
    expect(readFileSync(temp('a.log'), 'utf8')).toBe('one\ntwo\n');
  });

  test('refuses options that cannot be at once', () => {
    expect(() => readFiles([])).toThrow('paths must be one or more paths');
    expect(() => readFiles('a', { chunkBytes: 1 })).toThrow(
      'chunkBytes must be an integer from 1024 to 16777216, not 1',
    );
    expect(() => readFiles('a', { signal: {} as AbortSignal })).toThrow('signal must be an AbortSignal');
  });
});
