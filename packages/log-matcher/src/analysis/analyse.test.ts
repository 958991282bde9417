import fc from 'fast-check';
import { Backtracker } from '../backtracker/backtracker.ts';
import { parseJavaScriptPattern } from '../javascript-regex/parse.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';
import { parsePattern } from '../python-regex/parse.ts';
import { asciiSubjects, patterns, unicodeSubjects } from '../testing/generate-patterns.ts';
import { analyse, type PatternAnalysis } from './analyse.ts';

const of = (source: string): PatternAnalysis => analyse(parsePattern(source));

describe('analyse', () => {
  test.each([
    ['abc', 3, 3],
    ['a?b{2,5}', 2, 6],
    ['(a|bcd)x*', 1, Number.POSITIVE_INFINITY],
    ['^\\s*$', 0, Number.POSITIVE_INFINITY],
    ['(\\w{2,3}):\\1', 5, 7],
    ['(?=abc)(?<=x)\\b', 0, 0],
    ['(a)?(?(1)b|cde)', 1, 4],
    ['😀é', 2, 2],
    ['(?:a{65535}){65535}', 65535 ** 2, 65535 ** 2],
  ])('%s takes %d to %d characters', (source, minLength, maxLength) => {
    expect(of(source)).toMatchObject({ minLength, maxLength, nullable: minLength === 0 });
  });

  test('lets a back-reference of JavaScript match nothing', () => {
    expect(analyse(parseJavaScriptPattern('(?:(ab)|c)\\1'))).toMatchObject({ minLength: 1, maxLength: 4 });
    expect(of('(?:(ab)|c)\\1')).toMatchObject({ minLength: 3, maxLength: 4 });
  });

  test.each([
    ['^a', true, undefined],
    ['\\ba$', false, 'end'],
    ['^a|^b', true, undefined],
    ['a|^b', false, undefined],
    ['(?:a\\Z|b$)', false, 'end'],
    ['(a(?:b\\Z))', false, 'text-end'],
    ['a$|b', false, undefined],
    ['(?:a$)*', false, undefined],
    ['(?:^a$)+', true, 'end'],
    ['a$(?=b)', false, 'end'],
    ['a$b', false, undefined],
    ['(?m)^a$', false, undefined],
  ])('%s: begins at the start %s, ends at %s', (source, start, end) => {
    expect(of(source).anchors).toEqual({ start, end });
  });

  test.each([
    ['(?P<q>["\']).*?(?P=q)', undefined],
    ['(GET|POST) \\1', undefined],
    ['(\\d+) \\1', 'back-reference \\1 to a group that can hold more than 16 texts (column 7)'],
    ['(?i)([a-h])\\1', undefined],
    ['(?i)([a-i])\\1', 'back-reference \\1 to a group that can hold more than 16 texts (column 12)'],
    ['(?:a|(b|c)(d?\\1))\\2', undefined],
    ['x(?>a|ab)c', 'atomic group, which never gives back what it took (column 2)'],
    ['x[ab]++c', 'possessive repetition, which never gives back what it took (column 2)'],
    ['(?=a)b(?<!c)(d)?(?(1)e|f)', undefined],
  ])('%s: not regular because of %s', (source, reason) => {
    expect(of(source).notRegular?.reason).toBe(reason);
  });

  test('tells where the part stands that is not regular', () => {
    const source = 'from (\\S+) to (?P<a>b) \\1';
    const { start, end } = of(source).notRegular as { start: number; end: number };
    expect(source.slice(start, end)).toBe('\\1');
  });

  test('lists the texts of the groups that are referred to', () => {
    expect([...of('(a|bc?)(x{0,2})(\\d)\\1\\2').groupTexts]).toEqual([
      [1, ['a', 'bc', 'b']],
      [2, ['xx', 'x', '']],
    ]);
    expect([...of('(?i)(ab)\\1').groupTexts.values()]).toEqual([['AB', 'Ab', 'aB', 'ab']]);
    expect(of('(a)(b)').groupTexts.size).toBe(0);
  });

  test('lists what a pattern makes use of', () => {
    const nothing = of('a(b)*c').features;
    expect(Object.values(nothing).filter((value) => value === true)).toEqual([]);
    expect(of('(?=a)(?<=bc)(?<!d)').features).toMatchObject({ lookAhead: true, lookBehindWidths: [1, 2] });
    expect(of('(?=(a))').features).toMatchObject({ lookAhead: true, groupInLook: true });
    expect(of('(?m)^\\b').features).toMatchObject({ boundary: true, lineAnchor: true });
    expect(of('(a)\\1(?(1)b)').features).toMatchObject({ backReference: true, conditional: true });
    expect(of('a*?b?+(?>c)').features).toMatchObject({ lazy: true, possessive: true, atomic: true });
    expect(of('(?a)[a-z]\\d').features.beyondAscii).toBe(false);
    expect(of('\\d').features.beyondAscii).toBe(true);
  });

  test('takes little time for counts, chains and rows that are large', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => `(?P<n${i + 1}>(?P=n${i})(?P=n${i}))`).join('');
    const sources = [
      `(?=(?P<n0>a)${chain})(?P=n5000)`,
      '(?:(?:(?:\\b){65535}){65535}){65535}',
      '(?:(?:(?:a{0}){65535}){65535}){65535}',
      '(?:(?:[ab]{1,65535}){1,65535}c){65535}',
      Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('|'),
      `(${'a?'.repeat(5000)})\\1`,
      `((?:a|b){0,64}){0,64}\\1`,
    ];
    for (const source of sources) expect(of(source).programSize).toBeGreaterThan(0);
  });

  test.each([
    ['ASCII', asciiSubjects, 1],
    ['Unicode', unicodeSubjects, 2],
  ])('says nothing of a pattern that a match over %s subjects belies', (_, subjects, seed) => {
    let matches = 0;
    for (const [source, texts] of fc.sample(fc.tuple(patterns, fc.array(subjects, { minLength: 3 })), {
      numRuns: 2000,
      seed,
    })) {
      const parsed: ParsedPattern = parsePattern(source);
      const { minLength, maxLength, anchors, groupTexts } = analyse(parsed);
      const backtracker = new Backtracker(parsed, 100_000);
      for (const text of texts) {
        const found = backtracker.search(text);
        if (found === undefined || found === 'gave up') continue;
        matches += 1;
        const { start, end } = found;
        const length = [...text.slice(start, end)].length;
        const atEnd = end === text.length || (anchors.end === 'end' && text.slice(end) === '\n');
        const fits = length >= minLength && length <= maxLength && (!anchors.start || start === 0);
        expect({ source, text, fits, ends: anchors.end === undefined || atEnd }).toEqual({
          source,
          text,
          fits: true,
          ends: true,
        });
        for (const [group, known] of groupTexts) {
          const held = found.text(group);
          if (held !== undefined)
            expect({ source, text, known }).toMatchObject({ known: expect.arrayContaining([held]) });
        }
      }
    }
    expect(matches).toBeGreaterThan(1000);
  });
});
