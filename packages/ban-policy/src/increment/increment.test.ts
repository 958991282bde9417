import type { BanPolicyOptions } from '../options.ts';
import { attached } from '../testing/attached.ts';
import { failure } from '../testing/failure.ts';
import type { BanTimeIncrement } from './ban-time-increment.ts';
import { BanTimes } from './ban-times.ts';

const attacker = '203.0.113.66';
const address = { text: attacker, family: 4 };

/** Bans of the attacker, each begun when the one before is over. */
const bannedAt = (timesS: readonly number[], options: BanPolicyOptions) => {
  const all = attached({ jail: 'sshd', maxRetry: 1, banTimeMs: 5000, increment: {}, ...options });
  for (const timeS of timesS) void all.policy.handle(failure(attacker, timeS * 1000));
  return all;
};

describe('bantime.increment', () => {
  test('bans with the usual time first and then says how much longer, 5, 10 and 20 seconds', () => {
    const { events } = bannedAt([0, 10, 30], {});
    const shown = events.map((event) => [
      event.kind,
      event.timeMs,
      'endMs' in event && event.endMs,
      'count' in event && event.count,
    ]);
    expect(shown).toEqual([
      ['ban', 0, 5000, 1],
      ['unban', 5000, false, false],
      ['ban', 10_000, 15_000, 2],
      ['prolonged', 10_000, 20_000, 2],
      ['unban', 20_000, false, false],
      ['ban', 30_000, 35_000, 3],
      ['prolonged', 30_000, 50_000, 3],
    ]);
    expect(events[3]).toEqual({
      kind: 'prolonged',
      jail: 'sshd',
      id: attacker,
      address,
      timeMs: 10_000,
      bannedAtMs: 10_000,
      banTimeMs: 10_000,
      endMs: 20_000,
      count: 2,
    });
  });

  test('tells what is held against an offender before the event', () => {
    const { notices, events } = bannedAt([0, 10], {});
    expect(notices.map(({ kind }) => kind)).toEqual(['found', 'found', 'prolonged']);
    expect(notices.at(-1)).toEqual({
      kind: 'prolonged',
      jail: 'sshd',
      ban: events.at(-1),
      last: { timeMs: 0, banTimeMs: 5000, count: 1 },
      banTimeMs: 5000,
    });
  });

  test('keeps the long end in the list of bans', () => {
    const { policy } = bannedAt([0, 10], {});
    expect([...policy.bans]).toMatchObject([{ id: attacker, banTimeMs: 5000, endMs: 20_000 }]);
    expect(policy.nextEndMs).toBe(20_000);
  });

  test('makes a ban shorter where its factor is small, as fail2ban does', () => {
    const { events } = bannedAt([0, 10], { increment: { multipliers: '1 1', factor: '0.5' } });
    expect(events.at(-1)).toMatchObject({ kind: 'prolonged', endMs: 12_500 });
  });

  test('leaves bans for ever as they are', () => {
    const { events, policy } = attached({ maxRetry: 1, banTimeMs: Number.POSITIVE_INFINITY, increment: {} });
    policy.restore([{ id: attacker, bannedAtMs: 0, endMs: 1000, failures: 1, count: 1 }]);
    void policy.handle(failure(attacker, 2000));
    expect(events.filter(({ kind }) => kind === 'prolonged')).toEqual([]);
  });

  test('lets a ban that no date can end last for ever', () => {
    const { events } = bannedAt([0, 10], { increment: { factor: '1e12' } });
    expect(events.at(-1)).toMatchObject({ banTimeMs: Number.POSITIVE_INFINITY, endMs: Number.POSITIVE_INFINITY });
  });

  test('begins anew when a ban was ended by hand', () => {
    const { policy, events } = bannedAt([0], {});
    policy.unban(attacker);
    void policy.handle(failure(attacker, 10_000));
    expect(events.at(-1)).toMatchObject({ kind: 'ban', count: 1 });
  });

  test('prolongs a ban by hand of a known offender, too', () => {
    const { policy, events } = bannedAt([0, 10], {});
    void policy.handle(failure('203.0.113.1', 40_000));
    policy.ban(attacker);
    expect(events.slice(-2)).toMatchObject([
      { kind: 'ban', failures: 0, count: 3 },
      { kind: 'prolonged', endMs: 60_000 },
    ]);
  });

  test('adds up to rndtime by chance, after the limit', () => {
    const { events } = bannedAt([0, 10], { increment: { maxTimeMs: 7000, rndTimeMs: 1000 }, random: () => 0.25 });
    expect(events.at(-1)).toMatchObject({ kind: 'prolonged', endMs: 17_250 });
  });

  test('goes on with the usual time where the formula has no result, and says so', () => {
    const increment = { formula: 'ban.Time * 3 / (2 - ban.Count)' };
    const { events, rejects } = bannedAt([0, 10, 30], { increment });
    expect(events.filter(({ kind }) => kind === 'prolonged')).toMatchObject([{ endMs: 25_000 }]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_FORMULA' }]);
    expect(rejects[0]?.reason).toMatch(/has no result: division by zero; the ban of 203\.0\.113\.66 is as long/);
  });

  test('is off without the option: each ban is as long as the first', () => {
    const all = attached({ maxRetry: 1, banTimeMs: 5000 });
    for (const timeMs of [0, 10_000]) void all.policy.handle(failure(attacker, timeMs));
    expect(all.events.map(({ kind }) => kind)).toEqual(['ban', 'unban', 'ban']);
  });
});

describe('the failures of a known offender', () => {
  test('count as 2, 3, 5 and so on, up to maxRetry, which bans at once', () => {
    const { policy, notices, events } = attached({ maxRetry: 6, banTimeMs: 1000, findTimeMs: 100_000, increment: {} });
    const bad = () =>
      notices.flatMap((notice) => (notice.kind === 'found' && notice.badCount ? [notice.badCount] : []));
    const ban = (timeMs: number): void => {
      do void policy.handle(failure(attacker, timeMs));
      while (!policy.isBanned(attacker));
    };
    ban(0);
    expect(bad()).toEqual([]);
    ban(1_000_000);
    expect(bad()).toEqual(Array(3).fill({ bans: 1, retries: 2, retriesText: '2.0', reached: false }));
    ban(2_000_000);
    expect(bad().slice(3)).toEqual(Array(2).fill({ bans: 2, retries: 3, retriesText: '3.0', reached: false }));
    ban(3_000_000);
    expect(bad().slice(5)).toEqual(Array(2).fill({ bans: 3, retries: 5, retriesText: '5.0', reached: false }));
    ban(4_000_000);
    expect(bad().slice(7)).toEqual([{ bans: 4, retries: 6, retriesText: '6', reached: true }]);
    expect(events.flatMap((event) => (event.kind === 'ban' ? [event.failures] : []))).toEqual([6, 3, 2, 2, 1]);
  });

  test('count once when they are not after the last ban', () => {
    const { policy, notices } = attached({ maxRetry: 2, increment: {} });
    for (const timeMs of [10, 20]) void policy.handle(failure(attacker, timeMs));
    void policy.handle(failure(attacker, 20));
    expect(notices.map((notice) => [notice.kind, 'badCount' in notice])).toEqual(Array(3).fill(['found', false]));
  });
});

describe('what cannot be computed with', () => {
  test.each<[string, BanTimeIncrement, string, RegExp]>([
    [
      'a word that is none',
      { formula: 'ban.Time * $HOME' },
      'FORMULA',
      /bantime\.formula: .*, column 12: "\$" is not part/,
    ],
    ['an unknown name', { formula: 'ban.Time * os.system' }, 'FORMULA', /column 12: "os\.system" is not known/],
    ['a call of something else', { formula: '__import__(1)' }, 'FORMULA', /column 1: "__import__\(\)" is not known/],
    ['a text', { formula: 'int("5")' }, 'FORMULA', /column 5: """ is not part/],
    ['a missing parenthesis', { formula: '(ban.Time * 2' }, 'FORMULA', /column 14: "\)" is expected, not the end/],
    ['too many parentheses', { formula: `${'('.repeat(200)}1${')'.repeat(200)}` }, 'FORMULA', /more than 100 levels/],
    ['too long a text', { formula: `${'1+'.repeat(600)}1` }, 'FORMULA', /at most 1000 characters/],
    ['no end of digits', { formula: '9**9**9**9' }, 'FORMULA', /has no result: an int has more than 4096 bits/],
    ['a shift out of all bounds', { formula: '1 << 99999999999' }, 'FORMULA', /more than 4096 bits/],
    ['a division by zero', { factor: '1 / 0' }, 'FORMULA', /bantime\.factor: "1 \/ 0" has no result: division by zero/],
    ['a ban in the factor', { factor: 'ban.Time' }, 'FORMULA', /bantime\.factor: .*"ban\.Time" is not known/],
    ['nothing', { formula: ' ' }, 'FORMULA', /a value is expected, not the end/],
    ['an assignment', { formula: 'x = 1' }, 'FORMULA', /column 3: "=" is not part/],
    ['a wrong number of arguments', { formula: 'max(1)' }, 'FORMULA', /max\(\) takes 2 to 16 arguments, not 1/],
    ['a multiplier that is none', { multipliers: '1 2 x' }, 'OPTION', /increment\.multipliers: expected whole numbers/],
    ['a limit of none', { maxTimeMs: 0 }, 'OPTION', /increment\.maxTimeMs: expected milliseconds of at least 1/],
  ])('is refused when the policy is made: %s', (_, increment, code, message) => {
    const fault = (): unknown => {
      try {
        return attached({ increment });
      } catch (error) {
        return error;
      }
    };
    expect(fault()).toMatchObject({ code: `ERR_BAN_POLICY_${code}`, message: expect.stringMatching(message) });
  });

  test('is refused quickly however it is written', () => {
    for (const formula of [
      '-'.repeat(999),
      '2**'.repeat(333),
      'not '.repeat(249),
      '1 if 1 else '.repeat(83),
      '('.repeat(999),
    ])
      expect(() => new BanTimes({ formula }, () => 0)).toThrow(
        expect.objectContaining({ code: 'ERR_BAN_POLICY_FORMULA' }),
      );
  });
});
