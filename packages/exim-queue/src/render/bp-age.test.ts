import { bpAge } from './bp-age.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, ' 0m'],
  [59_999, ' 0m'],
  [minute, ' 1m'],
  [90 * minute + 59_999, '90m'],
  [91 * minute, ' 2h'],
  [150 * minute - 1, ' 2h'],
  [150 * minute, ' 3h'],
  [72 * hour + 30 * minute - 1, '72h'],
  [72 * hour + 30 * minute, ' 3d'],
  [3 * day + 12 * hour - 30 * minute - 1, ' 3d'],
  [3 * day + 12 * hour - 30 * minute, ' 4d'],
  [400 * day, '400d'],
  [-59_000, ' 0m'],
  [-minute, '-1m'],
  [-10 * day, '-14400m'],
])('an age of %i ms is shown as "%s"', (ageMs, shown) => {
  expect(bpAge(1_700_000_000_000, 1_700_000_000_000 + ageMs)).toBe(shown);
});

test('parts of a second do not count, neither of the time of receipt nor of the present', () => {
  expect(bpAge(1_700_000_000_999, 1_700_000_060_000)).toBe(' 1m');
  expect(bpAge(1_700_000_000_000, 1_700_000_059_999)).toBe(' 0m');
});
