import { sameValue } from './same-value.ts';

const setting = (value: string, line: number) => ({ value, place: { file: 'jail.local', line } });

test('what stands on another line is the same', () => {
  expect(sameValue([setting('a', 1)], [setting('a', 7)])).toBe(true);
  expect(sameValue([setting('a', 1)], [setting('b', 1)])).toBe(false);
});

test('an option that is gone, a longer list and an endless time differ', () => {
  expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(sameValue(['a'], ['a', 'b'])).toBe(false);
  expect(sameValue({ banTimeMs: 600_000 }, { banTimeMs: Infinity })).toBe(false);
  expect(sameValue({ banTimeMs: Infinity }, { banTimeMs: Infinity })).toBe(true);
});
