import fc from 'fast-check';
import { isInsidePair } from './chars/surrogates.ts';
import { LogMatcherError } from './log-matcher-error.ts';
import type { PatternMatch } from './pattern-match.ts';
import { PatternSet } from './pattern-set.ts';
import { javaScriptFlags, javaScriptPatterns } from './testing/generate-javascript.ts';
import { asciiSubjects, unicodeSubjects } from './testing/generate-patterns.ts';

type Spans = readonly (readonly [start: number, end: number] | null)[];

/** Patterns on which an engine made for Python goes wrong, each with subjects that show it. */
const handPicked: readonly (readonly [pattern: string, ...subjects: string[]])[] = [
  // Groups are forgotten when an iteration begins.
  ['(?:(a)|b)*', 'ab', 'abb', 'ba'],
  ['(?:(a)|(b))*', 'ab', 'ba'],
  ['((a)|b)+', 'ab'],
  ['(?:(a)?b)*', 'abb'],
  ['(?:(?=(a)?)\\w)*', 'ab'],
  ['(?:(a)|b){2}', 'ab', 'ba'],
  // Optional iterations that match nothing are refused.
  ['(a*)*', 'b', 'aab'],
  ['(a*)+', 'b', 'aab'],
  ['(a*)?', 'b'],
  ['(?:|a)*', 'aaa'],
  ['(|a)+', 'aaa'],
  ['(a?)*?$', 'aa'],
  ['(?:a??)*?b', 'aab'],
  ['(a?){3}', 'aa', ''],
  ['(?:(a)|b?){2,4}', 'ab'],
  ['(z)((a+)?(b+)?(c))*', 'zaacbbbcac'],
  // Back-references to groups that took no part match nothing.
  ['(a)?\\1b', 'b', 'aab'],
  ['(?:(a)|b)\\1c', 'bc', 'aac', 'ac'],
  ['(?:(a)|b\\1)*', 'ab', 'aba'],
  ['\\1(a)', 'aa'],
  ['(?!(a))\\1b', 'b'],
  ['(?<q>["\']).*?\\k<q>', 'x"a\'b"'],
  // Look-behind from right to left.
  ['(?<=([ab]){2})c', 'abc'],
  ['(?<=(?:(a)|b){3})c', 'abac', 'bbac'],
  ['(?<=ab|c)d', 'abd', 'cd', 'bd'],
  ['(?<!a{1,2}b)d', 'abd', 'bd', 'aabd'],
  // Edges.
  ['\\B', '', 'a', 'ab', '-'],
  ['\\b', '', 'é', 'aé'],
  ['$', 'a\n', 'a'],
  ['.', '\r', '\u2028', '\n', '😀'],
  ['\\s', '\ufeff', '\u0085', '\u001c'],
  ['\\d\\w', '٣a', '3a'],
  ['[^]', '\n', ''],
  ['[]', 'a'],
];

function spansOf(match: PatternMatch | undefined, groupCount: number): Spans | null {
  if (match === undefined) return null;
  return Array.from({ length: groupCount + 1 }, (_, group) =>
    match.start(group) === -1 ? null : ([match.start(group), match.end(group)] as const),
  );
}

/** What V8 finds, save where it finds the empty text between the halves of a surrogate pair, against its own standard. */
function v8Spans(source: string, flags: string, text: string): Spans | null {
  const regexp = new RegExp(source, `dgu${flags}`);
  let match = regexp.exec(text);
  while (match !== null && isInsidePair(text, match.index)) {
    regexp.lastIndex = match.index + 2;
    match = regexp.exec(text);
  }
  return match === null ? null : Array.from(match.indices as RegExpIndicesArray, (pair) => pair ?? null);
}

interface Tally {
  readonly differences: unknown[];
  compared: number;
  matched: number;
  unsupported: number;
  givenUp: number;
  readonly byEngine: Record<string, number>;
}

const newTally = (): Tally => ({ differences: [], compared: 0, matched: 0, unsupported: 0, givenUp: 0, byEngine: {} });

function compare(tally: Tally, source: string, flags: string, texts: readonly string[]): void {
  let givenUp = 0;
  let set: PatternSet;
  try {
    set = PatternSet.compile([source], {
      dialect: 'javascript',
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      maxSteps: 500_000,
      rejects: { next: () => (givenUp += 1) },
    });
  } catch (error) {
    if (!(error instanceof LogMatcherError) || error.code !== 'ERR_LOG_MATCHER_UNSUPPORTED') throw error;
    tally.unsupported += 1;
    return;
  }
  const { engine, groupCount } = set.patterns[0] as { engine: string; groupCount: number };
  for (const text of texts) {
    const before = givenUp;
    const ours = spansOf(set.match(text), groupCount);
    if (givenUp > before) {
      tally.givenUp += 1;
      continue;
    }
    const theirs = v8Spans(source, flags, text);
    tally.compared += 1;
    tally.byEngine[engine] = (tally.byEngine[engine] ?? 0) + 1;
    if (theirs !== null) tally.matched += 1;
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      tally.differences.push({ source, flags, text, engine, ours, theirs });
    }
  }
}

describe('the dialect javascript answers as RegExp with the flag u', () => {
  test('on hand-picked semantics', () => {
    const tally = newTally();
    for (const [source, ...texts] of handPicked) compare(tally, source, '', texts);
    expect(tally).toMatchObject({ differences: [], unsupported: 0, givenUp: 0 });
  });

  test.each([
    ['ASCII', asciiSubjects, 1],
    ['Unicode', unicodeSubjects, 2],
  ])('on generated patterns over %s subjects', (_, subjects, seed) => {
    const numRuns = 2000;
    const flags = javaScriptFlags.filter((letters) => !letters.includes('s'));
    const rows = fc.tuple(javaScriptPatterns, flags, fc.array(subjects, { minLength: 3, maxLength: 3 }));
    const tally = newTally();
    for (const [source, letters, texts] of fc.sample(rows, { numRuns, seed }))
      compare(tally, source, letters, ['', ...texts]);
    expect(tally.differences.slice(0, 5)).toEqual([]);
    // The cases would prove nothing if most were refused, given up on, or never matched.
    expect(tally.matched).toBeGreaterThan(tally.compared / 4);
    expect(tally.unsupported + tally.givenUp).toBeLessThan((numRuns * 4) / 10);
    expect(Object.keys(tally.byEngine).length).toBeGreaterThan(0);
  });
});
