import fc from 'fast-check';
import { arrivalOrder } from './arrival-order.ts';
import { compareIds } from './compare-ids.ts';
import { isMessageId } from './is-message-id.ts';
import { messageIdMs } from './message-id-ms.ts';
import { PackedIds } from './packed-ids.ts';
import { splitFolder } from './split-folder.ts';

const digits = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const digit = fc.constantFrom(...digits);
const word = (length: number): fc.Arbitrary<string> =>
  fc.array(digit, { minLength: length, maxLength: length }).map((found) => found.join(''));
/** Few seconds and few last parts, so that many ids share them. */
const few = fc.constantFrom('1xVJN6', '1xVJN7', '1xVJMz');
const time = fc.oneof({ weight: 5, arbitrary: few }, { weight: 1, arbitrary: word(6) });
const short = fc.tuple(time, word(6), fc.constantFrom('00', '09', '0A', 'zz'));
const long = fc.tuple(time, word(11), fc.constantFrom('0000', '09zz', '0A00', 'zzzz'));
const id = fc.oneof(short, long).map((parts) => parts.join('-'));

/** Ids in the order in which a list has them. */
function inOrder(ids: readonly string[]): string[] {
  const packed = new PackedIds();
  for (const one of ids) packed.add(one);
  return Array.from(arrivalOrder(packed), (index) => packed.text(index));
}

test.each(['1xVJLa-0005ku-09', '1xVJLa-000000005ms-1ML7', '000000-000000-00', 'zzzzzz-ZZZZZZ-99'])(
  '%s is an id',
  (text) => expect(isMessageId(text)).toBe(true),
);

test.each([
  '',
  '1xVJLa-0005ku-0',
  '1xVJLa-0005ku-09\n',
  ' 1xVJLa-0005ku-09',
  '1xVJLa-0005ku-0/',
  '1xVJLa_0005ku_09',
  '1xVJLa-0005ku-0ß',
  '1xVJLa-0005ku-0\u0130',
  '1xVJLa-000000005ms-1ML',
  '1xVJLa-0000005ms-1ML70',
  '1xVJLa-0005ku-09-H',
  '../../../../tmp/',
])('%j is none', (text) => {
  expect(isMessageId(text)).toBe(false);
  expect(new PackedIds().add(text)).toBe(false);
});

test('the first six digits are the time, in seconds to the base of 62', () => {
  expect(messageIdMs('1xVJN6-000000006Ii-08pV')).toBe(1_795_399_292_000);
  expect(messageIdMs('000000-000000-00')).toBe(0);
  expect(messageIdMs('zzzzzz-000000-00')).toBe((62 ** 6 - 1) * 1000);
});

test('the sixth character names the sub-directory', () => {
  expect(splitFolder('1xVJLa-0005ku-09')).toBe('a');
});

test('ids are in the order of their second, and within it of their last part', () => {
  const sorted = [
    '1xVJLZ-zzzzzz-zz',
    '1xVJLa-000009-00',
    '1xVJLa-000000-09',
    '1xVJLa-000000000zz-0A00',
    '1xVJLa-000000-0a',
  ];
  expect(inOrder(sorted.toReversed())).toEqual(sorted);
  expect(sorted.toReversed().sort(compareIds)).toEqual(sorted);
});

test('sorting many gives the order of the comparison', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 200 }), (ids) => {
      expect(inOrder(ids)).toEqual(ids.toSorted(compareIds));
    }),
  );
});

test('more ids of one second than are sorted by insertion', () => {
  fc.assert(
    fc.property(fc.array(word(2), { minLength: 40, maxLength: 120 }), (lasts) => {
      const ids = lasts.map((last, index) => `1xVJN6-0000${digits[index % 62]}0-${last}`);
      expect(inOrder(ids)).toEqual(ids.toSorted(compareIds));
    }),
    { numRuns: 20 },
  );
});

test('the comparison is an order: of any three, no circle', () => {
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      expect(Math.sign(compareIds(a, b))).toBe(-Math.sign(compareIds(b, a)) + 0);
      expect(compareIds(a, b) === 0).toBe(a === b);
      if (compareIds(a, b) <= 0 && compareIds(b, c) <= 0) expect(compareIds(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test('packed ids give back what was put in, however many', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (ids, times) => {
      const packed = new PackedIds();
      for (const one of ids) packed.add(`${one}-H`, one.length);
      const all = new PackedIds();
      for (let count = 0; count < times; count += 1) all.addAll(packed);
      expect(all.length).toBe(ids.length * times);
      ids.forEach((one, index) => {
        expect(packed.text(index)).toBe(one);
        expect(all.text(all.length - ids.length + index)).toBe(one);
        expect(packed.secondsOf(index) * 1000).toBe(messageIdMs(one));
      });
    }),
  );
});
