import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, truncateSync } from 'node:fs';
import { ringRejects } from '@sluice/pipeline';
import fc from 'fast-check';
import type { LineMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import { allOfMatch } from '../testing/all-of-match.ts';
import { oddLog, oddPatterns } from '../testing/log-pieces.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { ScanFileOptions } from './options.ts';
import { scanFile } from './scan-file.ts';

const files = temporaryFolder();
const set = PatternSet.compile(oddPatterns, { report: 'all', finalBreak: true });
const wombats = PatternSet.compile(['wombat']);

function plain(bytes: Uint8Array): Record<string, unknown>[] {
  const seen: Record<string, unknown>[] = [];
  set.scan(bytes, (match) => seen.push(allOfMatch(set, match)));
  return seen;
}

async function matchesIn(file: string, options?: ScanFileOptions): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  await scanFile(set, file, (match) => seen.push(allOfMatch(set, match)), options);
  return seen;
}

const offsetsIn = async (file: string, options?: ScanFileOptions): Promise<number[]> => {
  const offsets: number[] = [];
  await scanFile(wombats, file, ({ line }) => offsets.push(line.offset), options);
  return offsets;
};

const ignore = (): void => {};

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('scanFile', () => {
  test('gives what a scan of all bytes gives, wherever its chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(oddLog, fc.integer({ min: 0, max: 1100 }), async (bytes, pad) => {
        // Chunks have at least 1 KiB: a first line of any length moves their ends through the log.
        const padded = Uint8Array.from([...new Uint8Array(pad).fill(0x62), 10, ...bytes]);
        const file = files.write('any.log', padded);
        expect(await matchesIn(file, { chunkBytes: 1024 })).toEqual(plain(padded));
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same for any bound on lines, as if longer lines ended at it', async () => {
    await fc.assert(
      fc.asyncProperty(oddLog, fc.integer({ min: 1, max: 70 }), async (bytes, maxLineBytes) => {
        const file = files.write('any.log', bytes);
        let cutLines = 0;
        const expected: Record<string, unknown>[] = [];
        for (let start = 0; start < bytes.length; ) {
          const found = bytes.indexOf(10, start);
          const end = found === -1 ? bytes.length : found + 1;
          const isCut = (found === -1 ? end : found) - start > maxLineBytes;
          if (isCut) cutLines += 1;
          for (const match of plain(bytes.subarray(start, isCut ? start + maxLineBytes : end))) {
            const line = match['line'] as LineMatch['line'];
            expected.push({ ...match, line: { ...line, offset: start } });
          }
          start = end;
        }
        expect(await matchesIn(file, { maxLineBytes })).toEqual(expected);
        expect(await scanFile(set, file, ignore, { maxLineBytes })).toMatchObject({ cutLines, bytes: bytes.length });
      }),
      { numRuns: 500 },
    );
  });

  test('scans from an offset to an offset, as if the file were that part', async () => {
    const file = files.write('part.log', 'wombat\nwombat wombat\nxy\n');
    expect(await offsetsIn(file, { start: 3, end: 10 })).toEqual([]);
    expect(await offsetsIn(file, { start: 3, end: 13 })).toEqual([7]);
    expect(await offsetsIn(file, { start: 8 })).toEqual([8]);
    expect(await offsetsIn(file, { start: 99 })).toEqual([]);
    expect(await scanFile(wombats, file, ignore, { start: 3, end: 13 })).toEqual({
      lines: 2,
      candidates: expect.any(Number),
      matches: 1,
      givenUp: 0,
      bytes: 10,
      cutLines: 0,
    });
  });

  test('reads lines of megabytes whole', async () => {
    const long = 3_000_000;
    const text = `${'a'.repeat(long)}wombat\nx\n${'b'.repeat(long)}\nwombat\n${'c'.repeat(long)}wombat`;
    const file = files.write('long.log', text);
    const result = await scanFile(wombats, file, ignore);
    expect(result).toMatchObject({ lines: 5, matches: 3, bytes: text.length, cutLines: 0 });
    expect(await offsetsIn(file)).toEqual([0, 2 * long + 10, 2 * long + 17]);
  });

  test('cuts a line at 16 MiB, counts it and goes on behind it', async () => {
    const max = 16 * 1024 * 1024;
    const file = files.write('huge.log', `${'a'.repeat(max - 6)}wombat\n${'a'.repeat(max - 5)}wombat\nwombat\n`);
    const lengths: number[] = [];
    const result = await scanFile(wombats, file, ({ line }) => lengths.push(line.length));
    expect(lengths).toEqual([max, 6]);
    expect(result).toMatchObject({ lines: 3, cutLines: 1 });
  });

  test('does not scan what is appended meanwhile', async () => {
    const file = files.write('growing.log', 'wombat\n');
    const seen: number[] = [];
    const result = await scanFile(wombats, file, ({ line }) => {
      seen.push(line.offset);
      appendFileSync(file, 'wombat\n');
    });
    expect([seen, result.bytes]).toEqual([[0], 7]);
  });

  test('ends where the file ends when it becomes shorter meanwhile', async () => {
    const file = files.write('shrinking.log', 'wombat\n'.repeat(10_000));
    const result = await scanFile(wombats, file, () => truncateSync(file, 3000), { chunkBytes: 1024 });
    expect(result).toMatchObject({ bytes: 3000, lines: Math.ceil(3000 / 7), matches: Math.floor(3000 / 7) });
  });

  test('leaves the set to others: its sink may scan, and two files may be scanned at once', async () => {
    const one = files.write('one.log', `${'wombat\n'.repeat(400)}xy`);
    const other = files.write('other.log', `${'an odd wombat\n'.repeat(300)}`);
    const inner = new TextEncoder().encode('wombat\nwombat');
    const options = { chunkBytes: 1024 };
    let innerMatches = 0;
    const both = [one, other].map((file) =>
      scanFile(wombats, file, () => (innerMatches += wombats.scan(inner, ignore).matches), options),
    );
    const [first, second] = await Promise.all(both);
    expect([first?.matches, second?.matches, innerMatches]).toEqual([400, 300, 1400]);
  });

  test('tells rejects the path, and the offset in the file', async () => {
    const rejects = ringRejects(5);
    const bounded = PatternSet.compile(['a(a*)*\\1[^ax]$'], { maxSteps: 500, rejects });
    const file = files.write('given-up.log', `${'ok\n'.repeat(1000)}${'a'.repeat(300)}\n`);
    const { givenUp } = await scanFile(bounded, file, ignore, { chunkBytes: 1024 });
    expect(givenUp).toBe(1);
    expect(rejects.last).toMatchObject([{ path: file, offset: 3000 }]);
  });

  test('gives the cut offsets in the file', async () => {
    const file = files.write('dated.log', 'Oct 1 wombat\n'.repeat(200));
    const offsets: number[] = [];
    const cut = ({ offset }: { offset: number }): { start: number; end: number } => {
      offsets.push(offset);
      return { start: 0, end: 6 };
    };
    const subjects = new Set<string>();
    await scanFile(wombats, file, ({ subject }) => subjects.add(subject), { cut, chunkBytes: 1024 });
    expect(offsets).toEqual(Array.from({ length: 200 }, (_, line) => 13 * line));
    expect([...subjects]).toEqual(['wombat']);
  });

  test('is rejected with what the sink throws, and closes the file', async () => {
    const file = files.write('throwing.log', 'wombat\n');
    const before = openFiles();
    const fault = new Error('enough');
    const sink = (): never => {
      throw fault;
    };
    await expect(scanFile(wombats, file, sink)).rejects.toBe(fault);
    expect(openFiles()).toBe(before);
  });

  test('is rejected with the reason of its signal, before and within the scan', async () => {
    const file = files.write('aborted.log', 'wombat\n'.repeat(10_000));
    const before = openFiles();
    await expect(scanFile(wombats, file, ignore, { signal: AbortSignal.abort('early') })).rejects.toBe('early');
    const controller = new AbortController();
    let seen = 0;
    const sink = (): void => {
      seen += 1;
      controller.abort('late');
    };
    const options = { signal: controller.signal, chunkBytes: 1024 };
    await expect(scanFile(wombats, file, sink, options)).rejects.toBe('late');
    expect(seen).toBeLessThan(300);
    expect(openFiles()).toBe(before);
  });

  test('lets other work of the thread run, which may end it', async () => {
    const file = files.write('large.log', `${'x'.repeat(1023)}\n`.repeat(40 * 1024));
    const controller = new AbortController();
    setImmediate(() => setImmediate(() => setImmediate(() => controller.abort('from outside'))));
    await expect(scanFile(wombats, file, ignore, { signal: controller.signal })).rejects.toBe('from outside');
  });

  test('refuses what is no regular file, without waiting for a writer of a FIFO', async () => {
    execFileSync('mkfifo', [files.path('fifo')]);
    for (const [name, what] of [
      ['missing', /missing: there is no such file; check the path/],
      ['.', /is no regular file; name the files in it/],
      ['fifo', /fifo: is no regular file; read it by a stream/],
    ] as const) {
      const error = expect.objectContaining({ code: 'ERR_LOG_MATCHER_FILE', message: expect.stringMatching(what) });
      await expect(scanFile(wombats, files.path(name), ignore)).rejects.toEqual(error);
    }
  });

  test.each<[string, ScanFileOptions, string]>([
    ['workers', { workers: 0 }, 'workers must be an integer from 1 to 64, not 0'],
    ['start', { start: -1 }, 'start must be an integer from 0'],
    ['an end before the start', { start: 5, end: 4 }, 'end must be an integer from 5'],
    ['chunkBytes', { chunkBytes: 1.5 }, 'chunkBytes must be an integer from 1024'],
    ['maxLineBytes', { maxLineBytes: Number.NaN }, 'maxLineBytes must be an integer from 1'],
    ['a cut with workers', { workers: 2, cut: () => undefined }, 'cut is a function of this thread'],
  ])('refuses %s out of bounds', async (_, options, message) => {
    const file = files.write('fine.log', '');
    const error = expect.objectContaining({
      code: 'ERR_LOG_MATCHER_OPTION',
      message: expect.stringContaining(message),
    });
    await expect(scanFile(wombats, file, ignore, options)).rejects.toEqual(error);
  });
});
