import { exactYear } from './exact-year.ts';

test.each([
  [2026, String.raw`(?P<Y>20[012]\d)`],
  [2027, String.raw`(?P<Y>20[0123]\d)`],
  [1970, String.raw`(?P<Y>200\d)`],
  [2096, String.raw`(?P<Y>20[0123456789]\d)`],
  [2097, String.raw`(?P<Y>(?:20[0123456789]|210)\d)`],
])('in %i %%ExY is %s', (year, regex) => {
  expect(exactYear(Date.UTC(year, 0, 2))).toBe(regex);
  expect(exactYear(Date.UTC(year, 11, 30))).toBe(regex);
});
