import fc from 'fast-check';
import { levelLimits, levelOf } from './levels.ts';

test('one wild day does not make the others look empty', () => {
  const limits = levelLimits([1, 2, 3, 4, 5, 6, 7, 10_000]);
  expect([0, 1, 3, 5, 10_000].map((count) => levelOf(count, limits))).toEqual([0, 1, 2, 3, 4]);
});

test('days that are all the same are of the first level', () => {
  expect(levelOf(1, levelLimits([1, 1, 1, 1]))).toBe(1);
});

test('no days at all have limits too', () => {
  expect(levelLimits([])).toEqual([1, 2, 3]);
});

test('a level never falls as the count rises, zero alone is 0, and all are from 0 to 4', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), (counts) => {
      const limits = levelLimits(counts);
      const levels = [...counts].sort((a, b) => a - b).map((count) => levelOf(count, limits));
      expect(levels).toEqual([...levels].sort((a, b) => a - b));
      for (const count of counts) expect(levelOf(count, limits) === 0).toBe(count === 0);
      expect(levels.every((level) => level >= 0 && level <= 4)).toBe(true);
    }),
  );
});
