import { ComponentError } from './component-error.ts';
import { type OptionCheck, optionCheck } from './option-check.ts';

const check = optionCheck((fault, value) => new ComponentError('ERR_X_OPTION', fault, { value }));
const isText = (item: unknown): item is string => typeof item === 'string';
const toggle = ['on', 'off'] as const;

const refused: readonly [string, (check: OptionCheck) => unknown][] = [
  ['n must be an integer from 1 to 9, not 10', (c) => c.integer('n', 10, 4, 1, 9)],
  ['n must be an integer from 1 to 9, not 1.5', (c) => c.integer('n', 1.5, 4, 1, 9)],
  ['n must be an integer from 1 to 9, not "3"', (c) => c.integer('n', '3', 4, 1, 9)],
  ['n must be an integer from 1 to 9, not null', (c) => c.integer('n', null, 4, 1, 9)],
  ['n must be an integer from 1 to 9, not Infinity', (c) => c.integer('n', Number.POSITIVE_INFINITY, 4, 1, 9)],
  ['n must be an integer of at least 1, not Infinity', (c) => c.integer('n', Number.POSITIVE_INFINITY, 4, 1)],
  ['n must be an integer of at least 1, not 0', (c) => c.integer('n', 0, 4, 1, Number.POSITIVE_INFINITY)],
  ['n must be an integer of at least 1, not 9007199254740992', (c) => c.integer('n', 2 ** 53, 4, 1)],
  ['at must be a number of milliseconds since the epoch, not NaN', (c) => c.instant('at', Number.NaN, 0)],
  ['is must be true or false, not 1', (c) => c.flag('is', 1)],
  ["to must be 'on' or 'off', not \"away\"", (c) => c.word('to', 'away', 'on', toggle)],
  ['to must be a non-empty text without NUL, not ""', (c) => c.text('to', '')],
  ['to must be a path, not undefined', (c) => c.text('to', undefined, 'a path')],
  ['to must be a path, not "a\\u0000b"', (c) => c.text('to', 'a\0b', 'a path')],
  ['all must be a list of texts, not "a"', (c) => c.texts('all', 'a')],
  ['all must be a non-empty text without NUL, not 1', (c) => c.texts('all', ['a', 1])],
  ['all must be one or more paths, not ""', (c) => c.oneOrMore('all', ['a', ''], 'one or more paths')],
  ['all must be one or more paths, not undefined', (c) => c.oneOrMore('all', undefined, 'one or more paths')],
  ['all must be one or more paths, not ', (c) => c.oneOrMore('all', [], 'one or more paths')],
  ['to must be a text that is not empty, not " "', (c) => c.label('to', ' ')],
  ['all must be a list of names, not "a"', (c) => c.list('all', 'a', 'names', isText)],
  ['all must be a list of names, not undefined', (c) => c.list('all', ['a', undefined], 'names', isText)],
  ['o must be an object with load(), save(), not [object Object]', (c) => c.object('o', {}, ['load', 'save'])],
  ['o must be an object with load(), not null', (c) => c.object('o', null, ['load'])],
  ['on must be a function, not [object Object]', (c) => c.callback('on', {})],
  ['signal must be an AbortSignal, not [object Object]', (c) => c.signal({})],
];

test.each(refused)('says that %s', (message, ask) => {
  expect(() => ask(check)).toThrow(expect.objectContaining({ message, code: 'ERR_X_OPTION' }));
});

test('takes what fits as it is', () => {
  expect(check.integer('n', 9, 4, 1, 9)).toBe(9);
  expect(check.integer('n', Number.POSITIVE_INFINITY, 4, 1, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(check.instant('at', Number.NEGATIVE_INFINITY, 0)).toBe(Number.NEGATIVE_INFINITY);
  expect(check.flag('is', false, true)).toBe(false);
  expect(check.word('to', 'off', 'on', toggle)).toBe('off');
  expect(check.text('to', 'a')).toBe('a');
  expect(check.texts('all', [])).toEqual([]);
  expect(check.oneOrMore('all', 'a', 'paths')).toEqual(['a']);
  expect(check.oneOrMore('all', ['a', 'b'], 'paths')).toEqual(['a', 'b']);
  expect(check.label('to', 'A b')).toBe('A b');
  expect(check.list('all', ['a'], 'names', isText)).toEqual(['a']);
  expect(() => check.object('o', { load() {} }, ['load'])).not.toThrow();
  expect(() => check.callback('on', () => {})).not.toThrow();
  expect(() => check.signal(new AbortController().signal)).not.toThrow();
});

test('takes the default for what was not given', () => {
  expect(check.integer('n', undefined, 4, 1, 9)).toBe(4);
  expect(check.integer('n', undefined, undefined, 1, 9)).toBeUndefined();
  expect(check.instant('at', undefined, 7)).toBe(7);
  expect([check.flag('is', undefined), check.flag('is', undefined, true)]).toEqual([false, true]);
  expect(check.word('to', undefined, 'on', toggle)).toBe('on');
  expect(check.word('to', undefined, undefined, toggle)).toBeUndefined();
  expect(check.texts('all', undefined)).toBeUndefined();
  expect(check.label('to', undefined)).toBeUndefined();
  expect(check.list('all', undefined, 'names', isText)).toBeUndefined();
  expect(() => check.object('o', undefined, ['load'])).not.toThrow();
  expect(() => check.callback('on', undefined)).not.toThrow();
  expect(() => check.signal(undefined)).not.toThrow();
});

test('bounds can be said in other words', () => {
  const wordy = optionCheck(
    (fault) => new Error(fault),
    (min, max) => `of ${min} or more, ${max} or less`,
  );
  expect(() => wordy.integer('n', 0, 1, 1, 9)).toThrow('n must be an integer of 1 or more, 9 or less, not 0');
  expect(() => wordy.integer('n', 0, 1, 1)).toThrow('n must be an integer of at least 1, not 0');
});

test('the error can be said in another way, from its parts', () => {
  const terse = optionCheck((_, value, option, expected) => new Error(`${option}: ${expected}? ${value}`));
  expect(() => terse.integer('n', 0, 1, 1)).toThrow('n: an integer of at least 1? 0');
});
