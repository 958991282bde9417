import { lookupsAtOnce } from './lookups-at-once.ts';

test.each([4, 5, 8, 24, 128])('with %i threads some are left when all lookups of both kinds hang', (threads) => {
  expect(lookupsAtOnce(threads)).toBeGreaterThanOrEqual(1);
  expect(threads - 2 * lookupsAtOnce(threads)).toBeGreaterThanOrEqual(2);
});

test('an unreadable number of threads is taken for the usual one', () => {
  expect(lookupsAtOnce(Number.NaN)).toBe(lookupsAtOnce(4));
});
