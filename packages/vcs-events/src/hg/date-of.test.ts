import { dateOf } from './date-of.ts';

test.each([
  [[0, 0], { timeMs: 0, tzMinutes: 0 }],
  [[1146431820, -7200], { timeMs: 1146431820000, tzMinutes: 120 }],
  [[-86400, 28800], { timeMs: -86400000, tzMinutes: -480 }],
  [[1, -50400], { timeMs: 1000, tzMinutes: 840 }],
  [[1, 50400], { timeMs: 1000, tzMinutes: -840 }],
  [[1, -50460], { timeMs: 1000, rawDate: '1 -50460' }],
  [[1, -30], { timeMs: 1000, rawDate: '1 -30' }],
  [[8.64e12, 0], { timeMs: 8.64e15, tzMinutes: 0 }],
  [[8.64e12 + 1, 0], { rawDate: '8640000000001 0' }],
] as const)('%j', (date, expected) => {
  expect(dateOf(date)).toEqual(expected);
});
