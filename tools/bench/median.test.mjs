import { median } from './median.mjs';

test.each([
  [[3], 3],
  [[10, 9, 2], 9],
  [[1, 100, 2, 4], 3],
])('the median of %j is %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});
