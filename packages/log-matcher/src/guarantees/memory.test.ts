import { PatternSet } from '../pattern-set.ts';
import { leastMemory } from '../testing/least-memory.ts';
import { randomLetters } from '../testing/random-letters.ts';

const encoder = new TextEncoder();

/** Their automata have more states than any of the bounds below can hold. */
const hungry = ['evil[ab]{18}a[ab]*$', '([ab]{17}b)([ab]*)c?$', '(?:x|[ab]{16}a)(?=[ab]*$)'];

const hostileLines = (count: number, length: number, seed: number): Uint8Array => {
  const random = randomLetters('ab', seed);
  return encoder.encode(Array.from({ length: count }, () => `evil${random(length)}\n`).join(''));
};

describe('what automata keep', () => {
  test.each([1, 1.3])(
    'is never more than maxMemoryBytes, %d times the least',
    (factor) => {
      const maxMemoryBytes = Math.ceil(factor * leastMemory(hungry));
      const set = PatternSet.compile(hungry, { maxMemoryBytes, report: 'all' });
      let most = 0;
      const look = (): void => {
        most = Math.max(most, set.stats().cacheBytes);
      };
      // Short lines end passes at all fillings of the cache; of the long ones each needs most of it.
      for (const [count, length] of [
        [40, 500],
        [1, 15_000],
        [1, 40_000],
      ] as const) {
        for (let round = 0; round < 2; round++) {
          set.scan(hostileLines(count, length, round + length), look);
          look();
          set.matchAll(`evil${randomLetters('ab', round)(3000)}`);
          look();
        }
      }
      expect(set.stats().cacheFlushes).toBeGreaterThan(0);
      expect(most).toBeGreaterThan(maxMemoryBytes / 2);
      expect(most).toBeLessThanOrEqual(maxMemoryBytes);
    },
    60_000,
  );

  test.each([0, 100, 200, 300])('is never more by a single state, %i bytes above the least', (more) => {
    const [pattern = ''] = hungry;
    const maxMemoryBytes = leastMemory([pattern]) + more;
    const set = PatternSet.compile([pattern], { maxMemoryBytes, prefilter: false });
    const random = randomLetters('ab', 11);
    while (set.stats().cacheBytes < maxMemoryBytes - 1_000_000) set.match(random(1000));
    // Each character that is put before a line brings one more state to light.
    for (let line = ''; set.stats().cacheFlushes === 0; line = `${random(1)}${line}`) {
      set.match(line);
      expect(set.stats().cacheBytes).toBeLessThanOrEqual(maxMemoryBytes);
    }
  });

  test('is bounded by default, and so is the memory of the engine', () => {
    const set = PatternSet.compile(hungry, { report: 'all' });
    const bytes = hostileLines(20, 5000, 1);
    set.scan(bytes, () => {});
    const { memoryBytes, cacheBytes } = set.stats();
    expect(cacheBytes).toBeLessThanOrEqual(2 ** 26);
    expect(memoryBytes).toBeLessThan(2 ** 26 + 2 ** 22);
  });
});

describe('a pattern that may need more than maxMemoryBytes', () => {
  const pattern = 'evil[ab]{300}a[ab]*$';

  test('is refused when it is compiled, with the size that it needs', () => {
    const least = leastMemory([pattern]);
    expect(() => PatternSet.compile(['x', pattern], { maxMemoryBytes: least - 1 })).toThrow(
      expect.objectContaining({
        code: 'ERR_LOG_MATCHER_MEMORY',
        pattern: 1,
        value: least,
        limit: least - 1,
        message: expect.stringContaining(String(least)),
      }),
    );
  });

  test('is taken with just that size, and then searches whatever it is given', () => {
    const set = PatternSet.compile([pattern], { maxMemoryBytes: leastMemory([pattern]) });
    const random = randomLetters('ab', 3);
    for (const length of [400, 16_000, 40_000]) {
      const subject = `evil${random(300)}a${random(length)}`;
      expect(set.match(subject)?.end()).toBe(subject.length);
    }
    expect(set.stats().cacheBytes).toBeLessThanOrEqual(leastMemory([pattern]));
  });
});

describe('the memory of a scan', () => {
  const sources = ['wombat (?P<n>\\d+)', '^(\\w+) (\\S+)', 'é+'];

  test.each([
    ['hit every line', 'a wombat 17 é\n'],
    ['hit no line', '-\n'],
  ])('does not grow with the lines of an input that %s', (_, line) => {
    const set = PatternSet.compile(sources, { report: 'all' });
    const bytes = encoder.encode(line.repeat(20_000));
    const sink = (): void => {};
    set.scan(bytes, sink);
    const { memoryBytes, cacheBytes, dfaStates } = set.stats();
    for (let round = 0; round < 20; round++) set.scan(bytes, sink);
    expect(set.stats()).toMatchObject({ memoryBytes, cacheBytes, dfaStates });
  });

  test('does not grow with the size of an input, but with its longest line', () => {
    const set = PatternSet.compile(sources);
    const memoryOf = (bytes: Uint8Array): number => {
      set.scan(bytes, () => {});
      return set.stats().memoryBytes;
    };
    const small = memoryOf(encoder.encode('a wombat 17 é\n'.repeat(40_000)));
    expect(memoryOf(encoder.encode('a wombat 17 é\n'.repeat(400_000)))).toBe(small);
    const long = memoryOf(encoder.encode(`${'x'.repeat(3_000_000)} wombat 1\n`));
    expect(long - small).toBeLessThan(4 * 3_000_000);
    expect(memoryOf(encoder.encode(`${'x'.repeat(3_000_000)} wombat 1\n`.repeat(3)))).toBe(long);
  });
});
