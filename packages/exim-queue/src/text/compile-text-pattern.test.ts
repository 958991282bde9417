import type { TextPattern } from '../queue-filter.ts';
import { compileTextPattern } from './compile-text-pattern.ts';

const compile = (pattern: unknown): Promise<(text: string) => boolean> =>
  compileTextPattern(pattern as TextPattern, 'where.sender');

test('a text is a glob over the whole, whatever the case of letters', async () => {
  const matches = await compile('*@Example.org');
  expect(['a@example.org', 'A@EXAMPLE.ORG', 'a@example.org.evil.test', 'example.org'].map(matches)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('an empty text is the sender of a bounce, and nothing else', async () => {
  const matches = await compile('');
  expect([matches(''), matches('a@x.test')]).toEqual([true, false]);
});

test('a regular expression is searched anywhere, in the dialect of Python, whatever the case of letters', async () => {
  const matches = await compile({ regex: '(?P<user>o.brien)@|^news' });
  expect(["Big.O'Brien@x.test", 'NEWS@x.test', 'no-news@x.test'].map(matches)).toEqual([true, true, false]);
});

test('of several patterns any will do', async () => {
  const matches = await compile(['a@*', { regex: '^b' }, '']);
  expect(['a@x.test', 'bob@x.test', '', 'c@x.test'].map(matches)).toEqual([true, true, true, false]);
});

test('a pattern that would make others hang is done in time', async () => {
  const matches = await compile({ regex: '^(?:a+)+$' });
  expect(matches(`${'a'.repeat(20_000)}!`)).toBe(false);
});

test('texts with line breaks and NULs are texts', async () => {
  const matches = await compile({ regex: 'b\\W+c' });
  expect(matches('a\nb\0\nc')).toBe(true);
});

test.each([
  [[], "where.sender must be a glob such as '*@example.org'"],
  [7, 'where.sender must be a glob'],
  [null, 'where.sender must be a glob'],
  [['a', 7], 'where.sender[1] must be a glob'],
  [{ regexp: 'a' }, 'where.sender must be a glob'],
  [{ regex: 'a', flags: 'g' }, 'where.sender must be a glob'],
  [{ regex: '(' }, 'where.sender.regex: '],
  [['a', { regex: '[' }], 'where.sender[1].regex: '],
  [{ regex: '(a+)\\1' }, 'where.sender.regex: cannot be run in linear time'],
  [{ regex: 'a'.repeat(10_001) }, 'where.sender.regex: has 10001 characters, the most is 10000'],
])('%j is refused', async (pattern, message) => {
  await expect(compile(pattern)).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_OPTION',
    message: expect.stringContaining(message),
  });
});
