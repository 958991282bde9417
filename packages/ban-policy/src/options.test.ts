import { decideBans } from './decide-bans.ts';
import { type BanPolicyOptions, resolveOptions } from './options.ts';

describe('options', () => {
  test("have fail2ban's defaults", () => {
    expect(resolveOptions({})).toMatchObject({ maxRetry: 5, findTimeMs: 600_000, banTimeMs: 600_000, maxMatches: 5 });
    expect(resolveOptions({ maxRetry: 7 }).maxMatches).toBe(7);
  });

  test.each<[string, object, string]>([
    ['maxRetry', { maxRetry: 0 }, 'maxRetry: expected an integer of at least 1, not 0 (number)'],
    ['maxRetry', { maxRetry: '3' }, 'maxRetry: expected an integer of at least 1, not 3 (string)'],
    ['findTimeMs', { findTimeMs: -1 }, 'findTimeMs: expected milliseconds of at least 0, not -1 (number)'],
    ['banTimeMs', { banTimeMs: Number.NaN }, 'banTimeMs: expected milliseconds of at least 0, not NaN (number)'],
    ['clock', { clock: 'wall' }, "clock: expected 'scheduler' or 'event', not wall (string)"],
    ['window', { window: 'sliding' }, "window: expected 'estimate' or 'exact', not sliding (string)"],
    ['maxWaiting', { maxWaiting: 0 }, 'maxWaiting: expected an integer of at least 1, not 0 (number)'],
    ['maxKeptMatches', { maxKeptMatches: -1 }, 'maxKeptMatches: expected an integer of at least 0, not -1 (number)'],
    ['ignoreCommand', { ignoreCommand: 'exit 0' }, 'ignoreCommand: expected a function, not exit 0 (string)'],
    [
      'ignoreCommandTimeoutMs',
      { ignoreCommandTimeoutMs: 0 },
      'ignoreCommandTimeoutMs: expected milliseconds above 0, not 0 (number)',
    ],
    ['ignoreCache', { ignoreCache: {} }, 'ignoreCache: expected an object with key(), not [object Object] (object)'],
    [
      'ignoreCache',
      { ignoreCache: { key: String, maxTimeMs: 0 } },
      'ignoreCache.maxTimeMs: expected milliseconds above 0, not 0 (number)',
    ],
    ['store', { store: {} }, 'store: expected an object with openJail(), flush(), not [object Object] (object)'],
    [
      'resolver',
      { resolver: {} },
      'resolver: expected an object with addressesOf(), nameOf(), not [object Object] (object)',
    ],
    [
      'increment',
      { increment: { rndTimeMs: -1 } },
      'increment.rndTimeMs: expected milliseconds of at least 0, not -1 (number)',
    ],
    ['ignore', { ignore: [5] }, 'ignore: expected an array of strings, not 5 (number)'],
    ['ignore', { ignore: '10.0.0.0/8' }, 'ignore: expected an array of strings, not 10.0.0.0/8 (string)'],
  ])('a wrong %s is refused where it is given, before anything is subscribed', (_, options, message) => {
    expect(() => decideBans(options as BanPolicyOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_POLICY_OPTION', message }),
    );
  });

  test('a network that is none is refused where it is given', () => {
    expect(() => decideBans({ ignore: ['10.0.0.0/33'] })).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_POLICY_IGNORE' }),
    );
  });

  test('an option that is undefined takes its default', () => {
    expect(resolveOptions({ maxRetry: undefined } as unknown as BanPolicyOptions).maxRetry).toBe(5);
  });
});
