import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { built, describeWith } from '../../../../tools/testing/describe-with.ts';
import type { LineMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import { allOfMatch } from '../testing/all-of-match.ts';
import { oddLog, oddPatterns } from '../testing/log-pieces.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { ScanFileOptions, ScanFileResult } from './options.ts';
import { scanFile } from './scan-file.ts';
import { ScanPool } from './scan-pool.ts';
import { workerUrl } from './worker-url.ts';

const ignore = (): void => {};
const openFiles = (): number => readdirSync('/proc/self/fd').length;

/** The counts that say nothing of how the literals of a set are looked for, which each copy of it may change by itself. */
const factsOf = ({ candidates, ...facts }: ScanFileResult): Omit<ScanFileResult, 'candidates'> => facts;

interface Seen {
  readonly matches: Record<string, unknown>[];
  readonly facts: ReturnType<typeof factsOf>;
}

type Scan = (sink: (match: LineMatch) => void) => Promise<ScanFileResult>;

async function seenBy(set: PatternSet, scan: Scan): Promise<Seen> {
  const matches: Record<string, unknown>[] = [];
  const facts = factsOf(await scan((match) => matches.push(allOfMatch(set, match))));
  return { matches, facts };
}

describeWith([built(workerUrl)], 'ScanPool', () => {
  const files = temporaryFolder();
  const wombats = PatternSet.compile(['wombat (?P<n>\\d+)']);
  let pool: ScanPool;
  beforeAll(() => {
    pool = new ScanPool(wombats, { workers: 3, stripeBytes: 1000 });
  });
  afterAll(() => pool.close());

  const numbered = (count: number): string => Array.from({ length: count }, (_, line) => `a wombat ${line}\n`).join('');

  test.each([
    ['first', false, 7],
    ['all', true, 40],
    ['all', false, 5_000],
  ] as const)(
    'gives what one thread gives, in every getter (%s, final break %p, stripes of %i bytes)',
    async (report, finalBreak, stripeBytes) => {
      const set = PatternSet.compile(oddPatterns, { report, finalBreak });
      const own = new ScanPool(set, { workers: 2, stripeBytes });
      const option = fc.record<ScanFileOptions>(
        { start: fc.nat(20), end: fc.integer({ min: 20, max: 200 }), maxLineBytes: fc.integer({ min: 1, max: 80 }) },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(oddLog, option, async (bytes, options) => {
          const file = files.write('any.log', bytes);
          const here = await seenBy(set, (sink) => scanFile(set, file, sink, options));
          const there = await seenBy(set, (sink) => own.scanFile(file, sink, options));
          expect(there).toEqual(here);
        }),
        { numRuns: 150 },
      );
      await own.close();
    },
  );

  test('keeps the order of the file over many stripes', async () => {
    const file = files.write('many.log', numbered(20_000));
    const numbers: number[] = [];
    const result = await pool.scanFile(file, (match) => numbers.push(Number(match.text('n'))));
    expect(numbers).toEqual(Array.from({ length: 20_000 }, (_, line) => line));
    expect(result).toMatchObject({ lines: 20_000, matches: 20_000, cutLines: 0 });
  });

  test('gives all matches of lines that match many patterns, in order', async () => {
    const sources = Array.from({ length: 300 }, () => 'a()()()()()()()()');
    const many = PatternSet.compile(sources, { report: 'all' });
    const file = files.write('dense.log', 'a\n'.repeat(400));
    const placesFor = async (workers: number): Promise<{ places: number[]; lines: number }> => {
      const places: number[] = [];
      const { lines } = await scanFile(many, file, ({ line, pattern }) => places.push(1000 * line.offset + pattern), {
        workers,
      });
      return { places, lines };
    };
    const here = await placesFor(1);
    expect(here.places).toHaveLength(120_000);
    expect(await placesFor(2)).toEqual(here);
  });

  test('leaves matches valid after the sink', async () => {
    const file = files.write('kept.log', numbered(3000));
    const kept: LineMatch[] = [];
    await pool.scanFile(file, (match) => kept.push(match));
    expect(kept.map((match) => match.line.text).join('')).toBe(numbered(3000).replaceAll('\n', ''));
    expect(kept[7]?.text('n')).toBe('7');
  });

  test('refuses a group that there is not, as one thread does', async () => {
    const file = files.write('one.log', numbered(1));
    await pool.scanFile(file, (match) => {
      expect(() => match.text('x')).toThrow(expect.objectContaining({ code: 'ERR_LOG_MATCHER_GROUP' }));
    });
  });

  test('forwards rejects in their places, with path and offset in the file', async () => {
    const log: (Reject | number)[] = [];
    const rejects = { next: (reject: Reject) => log.push(reject) };
    const bounded = PatternSet.compile(['a(a*)*\\1[^ax]$', 'x'], { maxSteps: 500, rejects, report: 'all' });
    const file = files.write('given-up.log', `x\n${'a'.repeat(300)}\nx\n${'a'.repeat(300)}x\n`);
    const record = async (workers: number): Promise<unknown[]> => {
      log.length = 0;
      const { givenUp } = await scanFile(bounded, file, ({ line }) => log.push(line.offset), { workers });
      return [givenUp, ...log];
    };
    const here = await record(1);
    expect(here[0]).toBe(2);
    expect(await record(2)).toEqual(here);
  });

  test('scans one file after the other, in the order of the calls', async () => {
    const one = files.write('1.log', numbered(500));
    const two = files.write('2.log', numbered(300));
    const seen: number[] = [];
    const sink = (match: LineMatch): void => void seen.push(Number(match.text('n')));
    await Promise.all([pool.scanFile(one, sink), pool.scanFile(two, sink)]);
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
    expect(seen).toEqual([...upTo(500), ...upTo(300)]);
  });

  test('is rejected with what the sink throws, and scans on', async () => {
    const file = files.write('throwing.log', numbered(5000));
    const before = openFiles();
    const fault = new Error('enough');
    let seen = 0;
    const sink = (): void => {
      seen += 1;
      throw fault;
    };
    await expect(pool.scanFile(file, sink)).rejects.toBe(fault);
    expect([seen, openFiles()]).toEqual([1, before]);
    expect(await pool.scanFile(file, ignore)).toMatchObject({ matches: 5000 });
  });

  test('is rejected with the reason of its signal, and scans on', async () => {
    const file = files.write('aborted.log', numbered(50_000));
    const before = openFiles();
    const controller = new AbortController();
    const sink = (): void => controller.abort('late');
    await expect(pool.scanFile(file, sink, { signal: controller.signal })).rejects.toBe('late');
    await expect(pool.scanFile(file, ignore, { signal: AbortSignal.abort('early') })).rejects.toBe('early');
    expect(openFiles()).toBe(before);
    expect(await pool.scanFile(file, ignore)).toMatchObject({ matches: 50_000 });
  });

  test('is rejected for a file that cannot be opened, and scans on', async () => {
    const missing = expect.objectContaining({ code: 'ERR_LOG_MATCHER_FILE' });
    await expect(pool.scanFile(files.path('missing'), ignore)).rejects.toEqual(missing);
    expect(await pool.scanFile(files.write('2.log', numbered(3)), ignore)).toMatchObject({ matches: 3 });
  });

  test('ends running and waiting scans when it is closed', async () => {
    const own = new ScanPool(wombats, { workers: 2, stripeBytes: 1000 });
    const file = files.write('closed.log', numbered(50_000));
    const closed = expect.objectContaining({ code: 'ERR_LOG_MATCHER_CLOSED' });
    const closing: Promise<void>[] = [];
    const running = own.scanFile(file, () => {
      if (closing.length === 0) closing.push(own.close());
    });
    const waiting = own.scanFile(file, ignore);
    await expect(running).rejects.toEqual(closed);
    await expect(waiting).rejects.toEqual(closed);
    await Promise.all(closing);
    await expect(own.scanFile(file, ignore)).rejects.toEqual(closed);
    await own.close();
  });

  test('says with its own error that a worker cannot read the set', async () => {
    const { patterns } = wombats;
    const [scan, matchOf] = [wombats.scan.bind(wombats), wombats.matchOf.bind(wombats)];
    const broken = { patterns, scan, matchOf, serialize: () => new Uint8Array(9) };
    const own = new ScanPool(broken, { workers: 2 });
    const file = files.write('fine.log', numbered(3));
    const serial = expect.objectContaining({ code: 'ERR_LOG_MATCHER_SERIAL' });
    await expect(own.scanFile(file, ignore)).rejects.toEqual(serial);
    await own.close();
  });

  test('does not keep a process alive that forgets to close it', async () => {
    const file = files.write('forgotten.log', numbered(2000));
    const at = (entry: string): string => new URL(`../../dist/${entry}`, import.meta.url).href;
    const script = `
      const { PatternSet } = await import(${JSON.stringify(at('index.js'))});
      const { ScanPool } = await import(${JSON.stringify(at('loader.js'))});
      const pool = new ScanPool(PatternSet.compile(['wombat']), { workers: 2, stripeBytes: 500 });
      const { matches } = await pool.scanFile(${JSON.stringify(file)}, () => {});
      console.log(matches);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect((await run).stdout).toBe('2000\n');
  });
});
