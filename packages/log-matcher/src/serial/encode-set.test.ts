import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { LogMatcherError } from '../log-matcher-error.ts';
import { parsePattern } from '../python-regex/parse.ts';
import { decodeSet } from './decode-set.ts';
import { encodeSet } from './encode-set.ts';
import { seal, unseal } from './envelope.ts';
import { pack } from './pack.ts';
import { packageSeries } from './serial-version.ts';
import type { SetParts } from './set-parts.ts';

const sources = [
  '^(?P<ip>\\d{1,3}(?:\\.\\d{1,3}){3}) - (?P<user>\\S+) "(?:GET|POST) [^"]*wombat[^"]*" 40[34]$',
  '(?i)failed (?P<method>password|publickey) for (?P<user>.*?) from (?P<host>\\S+)(?: port \\d+)?',
  '(a)?(?(1)b|c)\\1{2,}?(?<=x|y)(?!z)\\bé+😀[^\\W\\d_]*+',
  '',
  '(?P<n>a)(?=(b))|(?s:.)',
];

function partsOf(patterns: readonly string[]): SetParts {
  const parsed = patterns.map((source, pattern) => parsePattern(source, { multiline: false, pattern }));
  return {
    options: { dialect: 'python', finalBreak: true, report: 'all', maxSteps: 12 },
    patterns: parsed,
    plans: { kernel: 'q3', table: Uint32Array.of(1, 2, 3), rate: Number.POSITIVE_INFINITY },
  };
}

const parts = partsOf(sources);
const bytes = encodeSet(parts);

function read(input: Uint8Array): SetParts | undefined {
  try {
    return decodeSet(input);
  } catch (error) {
    if (error instanceof LogMatcherError && error.code === 'ERR_LOG_MATCHER_SERIAL') return undefined;
    throw error;
  }
}

const patternOf = (root: object): object => ({
  source: '',
  root,
  groupCount: 0,
  groupNames: new Map(),
  semantics: 'python',
});

describe('decodeSet', () => {
  test('gives the parts that were encoded', () => {
    expect(decodeSet(bytes)).toStrictEqual(parts);
  });

  test('reads bytes at any place in a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 5);
    expect(decodeSet(larger.subarray(5, 5 + bytes.length))).toStrictEqual(parts);
  });

  test('keeps what is in the bytes apart from them', () => {
    const own = Uint8Array.from(bytes);
    const { plans } = decodeSet(own);
    own.fill(0);
    expect(plans).toStrictEqual(parts.plans);
  });

  test('refuses bytes of which any one is changed', () => {
    const changed = Uint8Array.from(bytes);
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0xff]) {
        changed[at] = (bytes[at] as number) ^ flip;
        expect(read(changed)).toBeUndefined();
      }
      changed[at] = bytes[at] as number;
    }
  });

  test('refuses bytes that are cut short or have more behind them', () => {
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length))).toBeUndefined();
    expect(read(Uint8Array.of(...bytes, 0))).toBeUndefined();
  });

  test('never fails in another way on content that was made up and sealed', () => {
    const content = unseal(bytes);
    const change = fc.tuple(fc.nat(content.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const made = Uint8Array.from(content);
        for (const [at, byte] of changes) made[at] = byte;
        const got = read(seal(made));
        if (got !== undefined) expect(Array.isArray(got.patterns)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['foreign bytes', new TextEncoder().encode('{"patterns": [], "options": {}, "and": "more"}'), 'no serialised set'],
    ['no bytes', new Uint8Array(0), 'no serialised set'],
    ['bytes cut short', bytes.subarray(0, 100), 'bytes of content instead of'],
  ])('says of %s what is wrong and what to do', (_, input, what) => {
    const cured = expect.stringMatching(new RegExp(`${what}.*; compile the patterns again`));
    expect(() => decodeSet(input)).toThrow(expect.objectContaining({ message: cured, code: 'ERR_LOG_MATCHER_SERIAL' }));
  });

  test('names both versions when the bytes are of a newer one', () => {
    const newer = Uint8Array.from(bytes);
    new DataView(newer.buffer).setUint32(4, 999, true);
    newer.set(new TextEncoder().encode('9.7'), 8);
    expect(() => decodeSet(newer)).toThrow(/version 9\.7, format 999, and this is 0\.\d+, format \d+; compile/);
  });

  test('takes the least that is a set', () => {
    const root = { type: 'sequence', items: [], start: 0, end: 0 };
    expect(read(seal(pack([{}, [patternOf(root)], undefined])))?.patterns).toHaveLength(1);
  });

  test.each([
    [
      'a repeat whose greatest count is below the least',
      { type: 'repeat', min: 2, max: 1, mode: 'lazy', body: { type: 'sequence', items: [] } },
    ],
    ['a group beyond the last', { type: 'group', index: 1, name: undefined, body: { type: 'sequence', items: [] } }],
    ['a node of an unknown type', { type: 'wish' }],
    ['a range backwards', { type: 'char', set: { negated: false, ranges: [[9, 3]], classes: [] } }],
    ['a sequence of nothing', { type: 'sequence' }],
  ])('refuses %s', (_, root) => {
    const pattern = patternOf(root);
    expect(read(seal(pack([{}, [pattern], undefined])))).toBeUndefined();
  });

  test('refuses a small input that stands for an enormous pattern', () => {
    let root: object = { type: 'sequence', items: [] };
    for (let level = 0; level < 60; level++) root = { type: 'sequence', items: [root, root] };
    const pattern = patternOf(root);
    const made = pack([{}, [pattern], undefined], (object) => 'type' in object);
    expect(made.length).toBeLessThan(1000);
    expect(read(seal(made))).toBeUndefined();
  });

  test('refuses nesting that the stack cannot hold', () => {
    const deep = new Uint8Array(3_000_000).fill(8);
    for (let at = 1; at < deep.length; at += 2) deep[at] = 1;
    expect(read(seal(deep))).toBeUndefined();
  });
});

test('the version in the bytes is that of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const [major, minor] = version.split('.');
  expect(packageSeries).toBe(major === '0' ? `0.${minor}` : major);
});
