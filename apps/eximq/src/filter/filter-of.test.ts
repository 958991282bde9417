import { readOptions } from '@sluice/command-line';
import { quickRequest } from '../command-line/quick-request.ts';
import { usageError } from '../command-line/usage-error.ts';
import { filterSettings } from '../settings/filter-settings.ts';
import { filterOf } from './filter-of.ts';

function filter(...args: string[]) {
  const request = quickRequest(['list', ...args]);
  if (request === undefined || request.command === 'print') throw new Error(`not plain: ${args.join(' ')}`);
  return filterOf(readOptions(request.options, filterSettings, usageError));
}

describe('filter options', () => {
  test('that are not there are no filter', () => {
    expect(filter('--json')).toBeUndefined();
  });

  test.each<[string[], object]>([
    [['-z'], { frozen: true }],
    [['--not-frozen', '--bounce'], { frozen: false, bounce: true }],
    [['--not-bounce'], { bounce: false }],
    [['--state', 'new', '--state', 'deferred'], { state: ['new', 'deferred'] }],
    [['--older', '3d', '--younger', '1h30m'], { olderThanMs: 259_200_000, youngerThanMs: 5_400_000 }],
    [['--frozen-for', '90s'], { frozenForMs: 90_000 }],
    [['--larger', '1M', '--smaller', '1.5K'], { sizeBytes: { min: 1_048_577, max: 1535 } }],
    [['--sender', '*@x.test', '--sender', '/spam\\d/'], { sender: ['*@x.test', { regex: 'spam\\d' }] }],
    [['--sender', '<>'], { sender: [''] }],
    [['--sender', '<a@x.test>'], { sender: ['a@x.test'] }],
    [['--rcpt', 'a@*', '--rcpt-domain', 'y.test'], { recipient: ['a@*'], recipientDomain: ['y.test'] }],
    [
      ['--sender', '!boss@*', '--host', '!/^10\\./'],
      { not: { any: [{ sender: ['boss@*'] }, { host: [{ regex: '^10\\.' }] }] } },
    ],
    [
      ['--sender-domain', 'x.test', '--sender', '!boss@*'],
      { senderDomain: ['x.test'], not: { any: [{ sender: ['boss@*'] }] } },
    ],
    [
      ['--header', 'X-Spam: yes*', '--header', 'x-spam:!/no/'],
      { all: [{ header: { 'x-spam': ['yes*'] } }], not: { any: [{ header: { 'x-spam': [{ regex: 'no' }] } }] } },
    ],
    [
      ['--where', '{"any":[{"frozen":true},{"bounce":true}]}', '--auth', 'me'],
      { authId: ['me'], all: [{ any: [{ frozen: true }, { bounce: true }] }] },
    ],
  ])('%p', (args, expected) => {
    expect(filter(...args)).toEqual(expected);
  });

  test.each<[string[], RegExp]>([
    [['--frozen', '--not-frozen'], /--frozen and --not-frozen leave no message; give one of them/],
    [['--older', '3'], /--older must be a length of time like/],
    [['--larger', 'big'], /--larger must be a size like 900, 20K or 1.5M, not "big"/],
    [['--header', 'nonsense'], /--header must be a header and a pattern/],
    [['--where', '[1]'], /--where must be a JSON object/],
    [['--state', 'frozen', '--where', 'x'], /--where must be a JSON object/],
  ])('%p are refused', (args, message) => {
    expect(() => filter(...args)).toThrow(message);
  });

  test('named __proto__ is a header like any other', () => {
    expect(Object.keys(filter('--header', '__proto__: x')?.all?.[0]?.header ?? {})).toEqual(['__proto__']);
  });
});
