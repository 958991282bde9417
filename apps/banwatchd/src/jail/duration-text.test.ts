import { durationText } from './duration-text.ts';

const [minute, hour, day] = [60, 3600, 86_400];

test.each([
  [0, '0'],
  [59, '59s'],
  [60, '1m'],
  [61, '1m 1s'],
  [600, '10m'],
  [hour - 10, '59m 50s'],
  [hour - 5, '1h'],
  [hour + 61, '1h 1m'],
  [day * 2 + 3599, '2d 1h'],
  [day * 2 + 7 * hour + 15 * minute, '2d 7h 15m'],
  [day * 8, '1w 1d'],
  [day * 365.5, '1y 1d'],
  [day * 366.5, '1y 1d'],
  [day - 1, '24h'],
  [day * 7 - 1, '7d'],
  [day * 7 + hour / 2, '1w'],
  [day + 90, '1d 2m'],
  [day * 368, '1y 3d'],
  [day * 390, '1y 3w 4d'],
])('%d s are told as %s, as in the log of fail2ban', (seconds, text) => {
  expect(durationText(seconds * 1000)).toBe(text);
});
