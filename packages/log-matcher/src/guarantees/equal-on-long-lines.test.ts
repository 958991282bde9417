import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { PatternSet } from '../pattern-set.ts';
import { compareScans } from '../testing/compare-scan.ts';
import { leastMemory } from '../testing/least-memory.ts';
import { python } from '../testing/python-re.ts';
import { randomLetters } from '../testing/random-letters.ts';

/** One pass stores 16 384 positions; longer subjects are searched by blocks of 4096. */
const lengths = [16_381, 16_382, 16_383, 16_384, 16_385, 20_480, 24_577, 40_000];

/** Matches that begin, end or have groups in several blocks. */
const patterns = [
  'x',
  'x$',
  '^(?:(a)|(b)|[^ab])*$',
  '^(?:(a)|(b)|[^ab])*?$',
  '^(?=.*(x))(?=(.*)b).',
  '^(?=(?:(a)|.)*(x)$)(.)',
  '^(a*)(.*)(b+)(x?)$',
  '^(.*?)(b)(.*)x?$',
  '(?:(ab)|(ba)|.){900}',
  '^(?:(.*)(b)(?!.*b)|(x))',
  '^.*\\b(\\w+?)$',
  '^.(?<=[ab-])([ab-]{500})(x?)',
  '(?s)^.(.*).$',
  '^(é)?[^x]*(x)',
  '^.(?=(.{0,300})(b|$))(.*?)(x)?$',
];

const uncut = { start: 0, end: 0 };

describeWith([python], 'a scan of lines longer than a pass answers as CPython', () => {
  test.each([
    ['ASCII', 'ab'],
    ['other characters', 'abé'],
  ])(
    'around the ends of passes and blocks, over %s',
    (_, letters) => {
      const random = randomLetters(letters, 5);
      const lines = lengths.flatMap((length) =>
        [`${'-'.repeat(length - 5)}abab-`, `${random(length - 1)}x`].map((text) => ({
          text,
          cut: { start: 4090, end: 4100 },
        })),
      );
      const cases = [false, true].map((isCut) => ({ patterns, lines, multiline: false, finalBreak: isCut, isCut }));
      const result = compareScans(cases);
      expect(result.differences).toEqual([]);
      expect(result.matched).toBeGreaterThan(250);
      expect(result.skipped).toBe(0);
    },
    60_000,
  );
});

/** Automata of these have about 2^k states; the words bring many classes of characters, and so long rows. */
const many = (k: number): readonly string[] => [
  `evil([ab]{${k}}a)[ab]*$`,
  `evil([ab]*?)(?:a|(b))([ab]{${k}})(b*)$`,
  `evil(?:[ab]{${k}}(a|b)a)([ab]*)(?:quick|brown|fox|jumps|over|lazy|dogs)?$`,
  `evil(?=([ab]{${k}}b))((?:a|b)*)`,
];

describeWith([python], 'a cache that is too small for a line', () => {
  test.each([
    ['a pass', 15, 16_000],
    ['blocks', 16, 30_000],
  ])(
    'is emptied in the middle of it and changes no answer: %s',
    (_, k, length) => {
      const random = randomLetters('ab', k);
      const sources = many(k);
      const maxMemoryBytes = leastMemory(sources);
      const lines = [length, length + 17, length - 4].map((size) => ({ text: `evil${random(size)}`, cut: uncut }));
      const asked = { patterns: sources, lines, multiline: false, finalBreak: false, isCut: false };
      const result = compareScans([asked], { maxMemoryBytes });
      expect(result).toMatchObject({ differences: [], skipped: 0 });
      expect(result.matched).toBeGreaterThan(lines.length);

      const set = PatternSet.compile(sources, { report: 'all', maxMemoryBytes });
      for (const { text } of lines) set.matchAll(text);
      expect(set.stats().cacheFlushes).toBeGreaterThan(2);
    },
    60_000,
  );
});
