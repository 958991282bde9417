import fc from 'fast-check';
import { LogMatcherError } from '../log-matcher-error.ts';
import { pack } from './pack.ts';
import { firstIntTag, firstShapeTag, tags } from './tags.ts';
import { unpack } from './unpack.ts';

const typed = fc.oneof(
  fc.uint8Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.float64Array(),
  fc.float32Array(),
);
const leaf = fc.oneof(
  fc.integer(),
  fc.integer({ min: -300, max: 300 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constantFrom(undefined, null, Number.POSITIVE_INFINITY, -0, '', '\ud800', 'é', 'a\u0100'),
  fc.string({ unit: 'binary' }),
  typed,
);
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.array(tie('data'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ä', '1', 'type', 'Ā'), tie('data'), { noNullPrototype: true }),
    fc.array(fc.tuple(fc.string(), tie('data')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

function faultOf(bytes: Uint8Array): unknown {
  try {
    unpack(bytes);
    return undefined;
  } catch (error) {
    return error;
  }
}

const isFault = (error: unknown): boolean =>
  error instanceof LogMatcherError && error.code === 'ERR_LOG_MATCHER_SERIAL';

describe('unpack', () => {
  test('gives what was packed, to the sign of a zero and the last surrogate', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(unpack(pack(value))).toStrictEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same where equal objects are one', () => {
    fc.assert(
      fc.property(fc.array(data), (value) => {
        expect(unpack(pack(value, () => true))).toStrictEqual(value);
      }),
    );
  });

  test('tells apart more than 64 kinds of objects', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ [`key${at}`]: at }));
    expect(unpack(pack([many, many]))).toStrictEqual([many, many]);
  });

  test('gives equal values as one object, and other objects each by itself', () => {
    // The first of a kind names its keys and differs by that from those behind it.
    const value = ['ranges', 'other'].flatMap((key) => [1, 2, 2].map((item) => ({ [key]: [item] })));
    const got = unpack(pack(value, (object) => 'ranges' in object)) as object[];
    expect(got[2]).toBe(got[1]);
    expect(got[5]).not.toBe(got[4]);
  });

  test('refuses any bytes that are no packed value with its own error', () => {
    fc.assert(
      fc.property(data, fc.uint8Array({ maxLength: 20 }), fc.nat(), (value, noise, where) => {
        const packed = pack(value);
        const damaged = Uint8Array.from(packed);
        damaged.set(noise.subarray(0, damaged.length), where % (Math.max(0, damaged.length - noise.length) + 1));
        const fault = faultOf(damaged);
        if (fault !== undefined && !isFault(fault)) throw fault;
        expect(isFault(faultOf(packed.subarray(0, -1)))).toBe(true);
        expect(isFault(faultOf(Uint8Array.of(...packed, 0)))).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  test.each([
    ['an unknown tag', [60]],
    ['a text that was not before', [tags.textRef, 0]],
    ['a shape that was not before', [firstShapeTag]],
    ['a value that was not before', [tags.valueRef, 0]],
    ['an array of more items than there are bytes', [tags.array, 0xff, 0xff, 0xff, 0xff, 0x0f, firstIntTag]],
    ['a number of 40 bits', [tags.int, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['the prototype as a key', [tags.shape, 1, tags.text, 18, ...new TextEncoder().encode('__proto__'), firstIntTag]],
    ['half a 16-bit number', [tags.typed, 2, 3, 1, 2, 3]],
    ['a kind of array that there is not', [tags.typed, 99, 0]],
    ['nothing', []],
  ])('refuses %s', (_, bytes) => {
    expect(isFault(faultOf(Uint8Array.from(bytes)))).toBe(true);
  });
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol.iterator],
  ['a big integer', 1n],
  ['a date', new Date(0)],
  ['a set', new Set([1])],
  ['a data view', new DataView(new ArrayBuffer(4))],
  ['an array of big integers', new BigInt64Array(2)],
])('pack refuses %s', (_, value) => {
  expect(() => pack({ value })).toThrow(expect.objectContaining({ code: 'ERR_LOG_MATCHER_SERIAL' }));
});
