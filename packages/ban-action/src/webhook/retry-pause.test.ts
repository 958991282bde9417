import { retryAfterMs, retryPause } from './retry-pause.ts';

describe('retryPause', () => {
  const rule = { retryPauseMs: 100, maxRetryPauseMs: 1000 };

  test('doubles, differs by chance, and is bounded', () => {
    expect([1, 2, 3, 9].map((failed) => retryPause(rule, failed, undefined, () => 0.5))).toEqual([100, 200, 400, 1000]);
    expect([0, 0.999].map((chance) => Math.round(retryPause(rule, 1, undefined, () => chance)))).toEqual([50, 150]);
  });

  test('what the server asks for comes first, within the bound', () => {
    expect(retryPause(rule, 1, 700, () => 0.5)).toBe(700);
    expect(retryPause(rule, 1, 1e9, () => 0.5)).toBe(1000);
    expect(retryPause(rule, 3, 5, () => 0.5)).toBe(400);
  });
});

describe('retryAfterMs', () => {
  test.each([
    ['120', 120_000],
    ['Thu, 01 Jan 1970 00:00:07 GMT', 2000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    [null, undefined],
  ])('reads %j', (value, expected) => {
    expect(retryAfterMs(value, 5000)).toBe(expected);
  });
});
