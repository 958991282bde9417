import fc from 'fast-check';
import { scanFile } from '../loader/scan-file.ts';
import type { ScanResult } from '../options.ts';
import { PatternSet } from '../pattern-set.ts';
import { allOfMatch } from '../testing/all-of-match.ts';
import { oddLog, oddPatterns } from '../testing/log-pieces.ts';
import { randomLetters } from '../testing/random-letters.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const newline = 10;

interface Seen {
  readonly matches: readonly Record<string, unknown>[];
  readonly counts: Omit<ScanResult, 'candidates'>;
}

const factsOf = ({ lines, matches, givenUp }: ScanResult): Seen['counts'] => ({ lines, matches, givenUp });

/** Everything that a scan says, of parts that follow each other. */
function seenIn(set: PatternSet, parts: readonly Uint8Array[], usesMemory = false): Seen {
  const matches: Record<string, unknown>[] = [];
  const counts = { lines: 0, matches: 0, givenUp: 0 };
  let base = 0;
  for (const part of parts) {
    const bytes = usesMemory ? set.memory(part.length) : part;
    if (usesMemory) bytes.set(part);
    const result = set.scan(bytes, (match) => {
      const all = allOfMatch(set, match);
      matches.push({ ...all, line: { ...match.line, offset: match.line.offset + base, text: match.line.text } });
    });
    const facts = factsOf(result);
    for (const key of ['lines', 'matches', 'givenUp'] as const) counts[key] += facts[key];
    base += part.length;
  }
  return { matches, counts };
}

/** The lines of some bytes, taken together wherever `isCut` does not say otherwise. */
function splitLines(bytes: Uint8Array, isCut: (line: number) => boolean): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  let line = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte !== newline || !isCut(line++)) continue;
    parts.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  return [...parts, bytes.subarray(start)];
}

const sets = [
  PatternSet.compile(oddPatterns, { report: 'all', finalBreak: true }),
  PatternSet.compile(oddPatterns),
  PatternSet.compile(['wombat', 'from (?P<ip>[\\d.]+)', 'xy\\ufeff?'], { report: 'all' }),
];
const anySet = fc.constantFrom(...sets);

describe('any split of the input into whole lines gives the same matches', () => {
  test('in the engine’s memory and outside of it', () => {
    fc.assert(
      fc.property(anySet, oddLog, fc.infiniteStream(fc.boolean()), fc.boolean(), (set, log, cuts, usesMemory) => {
        const parts = splitLines(log, () => cuts.next().value as boolean);
        expect(seenIn(set, parts, usesMemory)).toEqual(seenIn(set, [log]));
      }),
      { numRuns: 500 },
    );
  });

  test('down to one line at a time', () => {
    fc.assert(
      fc.property(anySet, oddLog, fc.boolean(), (set, log, usesMemory) => {
        expect(
          seenIn(
            set,
            splitLines(log, () => true),
            usesMemory,
          ),
        ).toEqual(seenIn(set, [log]));
      }),
      { numRuns: 300 },
    );
  });

  test('whatever was scanned before', () => {
    const log = new TextEncoder().encode('from 10.0.0.1\nwombat é\nxy wombat\r\n\n');
    fc.assert(
      fc.property(oddLog, (before) => {
        const set = PatternSet.compile(oddPatterns, { report: 'all', finalBreak: true });
        set.scan(before, () => {});
        expect(seenIn(set, [log])).toEqual(seenIn(sets[0] as PatternSet, [log]));
      }),
      { numRuns: 100 },
    );
  });
});

describe('bytes in the engine’s memory', () => {
  const random = randomLetters('ab', 7);
  const log = new TextEncoder().encode(
    Array.from({ length: 3000 }, (_, line) => `é ${random(40)} evil${random(40)} wombat ${line}`).join('\n'),
  );
  const sources = ['evil[ab]{12}a[ab]* wombat (\\d+)$', '(?P<rest>b[ab]{10}) .*7$', '(é) .*'];

  test('are scanned to the end although the memory grows meanwhile', () => {
    const fresh = (): PatternSet => PatternSet.compile(sources, { report: 'all' });
    const [inside, outside] = [fresh(), fresh()];
    const held = inside.memory(log.length);
    held.set(log);
    let matches = 0;
    const result = inside.scan(held, ({ line }) => {
      matches += 1;
      // Another part of the memory, and more than there is.
      if (matches === 10) inside.memory(100_000_000);
      expect(line.text).toContain('wombat');
    });
    // That is what the test is about: the view that was scanned is none any more.
    expect(held.length).toBe(0);
    expect(factsOf(result)).toEqual(factsOf(outside.scan(log, () => {})));
    expect([result.lines, result.matches]).toEqual([3000, matches]);
  });
});

describe('a file', () => {
  const files = temporaryFolder();

  test('gives the same wherever its chunks end', async () => {
    const set = sets[0] as PatternSet;
    const lines = fc.sample(oddLog, { numRuns: 120, seed: 4 });
    const log = Uint8Array.from(lines.flatMap((part) => [...part]));
    expect(log.length).toBeGreaterThan(4096);
    const expected = seenIn(set, [log]);
    // The least chunk is 1 KiB: moving the beginning by each number of bytes below that puts its end everywhere.
    for (let pad = 0; pad < 1024; pad += 5) {
      const file = files.write('log', Uint8Array.from([...new Uint8Array(pad).fill(newline), ...log]));
      const matches: Record<string, unknown>[] = [];
      const options = { start: pad, chunkBytes: 1024 + (pad % 7) };
      const result = await scanFile(set, file, (match) => matches.push(allOfMatch(set, match)), options);
      expect(factsOf(result)).toEqual(expected.counts);
      expect(matches.map(({ groups, subject }) => [groups, subject])).toEqual(
        expected.matches.map(({ groups, subject }) => [groups, subject]),
      );
    }
  }, 60_000);
});
