import { duration } from './duration.ts';

test.each([
  [1000, 'PT1S'],
  [90_000, 'PT90S'],
  [5_400_000, 'PT90M'],
  [3_600_000, 'PT1H'],
  [86_400_000, 'P1D'],
])('%i ms is %s', (lengthMs, written) => {
  expect(duration(lengthMs)).toBe(written);
});
