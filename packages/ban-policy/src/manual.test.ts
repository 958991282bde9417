import { VirtualTimeScheduler } from 'rxjs';
import type { BanPolicyOptions } from './options.ts';
import { attached, kindsOf } from './testing/attached.ts';
import { failure } from './testing/failure.ts';
import { FakeResolver } from './testing/fake-resolver.ts';

const attacker = '203.0.113.66';

/** A policy whose clock stands at second 1000. */
const now = (options: BanPolicyOptions = {}) => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.frame = 1_000_000;
  return attached({ clock: 'scheduler', scheduler, ignoreSelf: false, ...options });
};

describe('a ban by hand', () => {
  test.each([
    ['203.0.113.5', '203.0.113.5'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['203.0.113.77/255.255.255.0', '203.0.113.0/24'],
    ['203.0.113.77/32', '203.0.113.77'],
    ['2001:DB8::1:2:3/64', '2001:db8::/64'],
    ['2001:db8:1:2:3:4:5:6/57', '2001:db8:1::/57'],
    ['2001:db8:1:2ff:3:4:5:6/57', '2001:db8:1:280::/57'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['session 17', 'session 17'],
  ])('of %s is of %s', (given, id) => {
    const { policy, events } = now();
    expect([policy.ban(given), policy.ban(given), policy.isBanned(id), policy.isBanned(given)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(events[0]).toMatchObject({ kind: 'ban', id, timeMs: 1_000_000, failures: 0 });
    expect('address' in (events[0] ?? {})).toBe(/^[\d.]+$/.test(id));
    expect(policy.unban(given)).toBe(true);
  });
});

describe('an unban by hand', () => {
  const ids = ['203.0.113.5', '203.0.113.130', '203.0.113.128/25', '198.51.100.1', '2001:db8::1', 'session'];

  test.each([
    ['203.0.113.0/24', ['203.0.113.5', '203.0.113.130', '203.0.113.128/25']],
    ['203.0.113.128/26', ['203.0.113.130']],
    ['203.0.113.128/25', ['203.0.113.130', '203.0.113.128/25']],
    ['2001:db8::/32', ['2001:db8::1']],
    ['0.0.0.0/0', ['203.0.113.5', '203.0.113.130', '203.0.113.128/25', '198.51.100.1']],
    ['session', []],
    ['192.0.2.0/24', []],
  ])('within %s lets in all that it holds', (network, held) => {
    const { policy, events } = now();
    for (const id of ids) policy.ban(id);
    expect(policy.bannedWithin(network)).toEqual(held);
    expect(policy.unbanWithin(network)).toEqual(held);
    expect(kindsOf(events.slice(ids.length))).toEqual(held.map((id) => `unban ${id}`));
  });

  test.each<[string, readonly string[]]>([
    ['session', ['session']],
    // The ban of that very network goes before those within it.
    ['203.0.113.200/25', ['203.0.113.128/25']],
    ['203.0.113.0/28', ['203.0.113.5']],
    ['gate.example.org', ['198.51.100.1', '2001:db8::1']],
    ['nobody.example.org', []],
    ['203.0.113.9', []],
  ])('of what %s means lets in %j', async (target, letIn) => {
    const resolver = new FakeResolver({ 'gate.example.org': ['198.51.100.1', '198.51.100.2', '2001:db8::1'] }, true);
    const { policy } = now({ resolver });
    for (const id of ids) policy.ban(id);
    expect(await policy.unbanMeant(target)).toEqual(letIn);
    expect(policy.status.currentlyBanned).toBe(ids.length - letIn.length);
    expect(resolver.asked).toEqual(target.includes('example') ? [target] : []);
  });

  test('of all ends them in the order they began', () => {
    const { policy, events } = now();
    for (const id of ids) policy.ban(id);
    expect(policy.unbanAll()).toBe(ids.length);
    expect(kindsOf(events.slice(ids.length))).toEqual(ids.map((id) => `unban ${id}`));
    expect([policy.status.currentlyBanned, policy.nextEndMs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});

describe('an attempt by hand', () => {
  test('counts as many retries as it has lines, at least one, and as one failure, as in fail2ban', () => {
    const { policy, events, notices } = now({ jail: 'sshd', maxRetry: 6 });
    void policy.attempt(attacker);
    void policy.attempt(attacker, ['a', 'b', 'c']);
    expect([events, policy.status.totalFailed]).toEqual([[], 2]);
    void policy.attempt(attacker, ['d', 'e']);
    expect(events).toMatchObject([
      { kind: 'ban', id: attacker, timeMs: 1_000_000, failures: 3, matches: ['a', 'b', 'c', 'd', 'e'] },
    ]);
    expect(notices[0]).toEqual({ kind: 'attempt', jail: 'sshd', id: attacker, timeMs: 1_000_000 });
  });

  test('spares those whom the ignore list spares', () => {
    const { policy, events, notices } = now({ maxRetry: 1, ignore: [attacker] });
    void policy.attempt(attacker, ['a']);
    expect([events, policy.status.totalFailed]).toEqual([[], 0]);
    expect(notices).toMatchObject([{ kind: 'ignored', by: 'ip', failure: { id: attacker } }]);
  });

  test('waits for its turn behind failures that wait', async () => {
    const { policy, events } = now({ maxRetry: 1, ignoreCommand: ({ id }) => Promise.resolve(id === 'x') });
    void policy.handle(failure('203.0.113.1', 1_000_000));
    await policy.attempt('203.0.113.2');
    expect(kindsOf(events)).toEqual(['ban 203.0.113.1', 'ban 203.0.113.2']);
  });
});

describe('other rules while it runs', () => {
  test('keep counts and bans: who has enough failures by then is banned with the next', () => {
    const { policy, events } = now({ jail: 'sshd', maxRetry: 5, banTimeMs: 60_000 });
    policy.ban('203.0.113.1');
    for (let n = 0; n < 3; n += 1) void policy.handle(failure(attacker, 1_000_000));
    policy.reconfigure({ maxRetry: 2, banTimeMs: 5000 });
    expect(kindsOf(events)).toEqual(['ban 203.0.113.1']);
    void policy.handle(failure(attacker, 1_000_000));
    expect(events[1]).toMatchObject({ kind: 'ban', jail: 'sshd', id: attacker, failures: 4, endMs: 1_005_000 });
    expect([...policy.bans].map(({ endMs }) => endMs)).toEqual([1_060_000, 1_005_000]);
  });

  test('that are left out are the usual ones again', () => {
    const { policy } = now({ maxRetry: 1, ignore: [attacker], increment: {}, ignoreCommand: () => true });
    policy.reconfigure({});
    expect(policy.options).toMatchObject({ maxRetry: 5, ignore: [], jail: 'default' });
    expect(policy.options).not.toHaveProperty('increment');
    expect(policy.options).not.toHaveProperty('ignoreCommand');
  });

  test('spare and increase by what they say from then on', () => {
    const { policy, events } = now({ maxRetry: 1, banTimeMs: 1000 });
    policy.restore([{ id: attacker, bannedAtMs: 999_500, endMs: 1_000_500, failures: 1, count: 1 }]);
    policy.reconfigure({ maxRetry: 1, banTimeMs: 1000, increment: {}, ignore: ['203.0.113.1'] });
    void policy.handle(failure('203.0.113.1', 1_000_000));
    (policy.options.scheduler as VirtualTimeScheduler).frame = 1_002_000;
    void policy.handle(failure(attacker, 1_002_000));
    expect(kindsOf(events)).toEqual(
      [attacker, attacker, attacker, attacker].map((id, n) => `${['ban', 'unban', 'ban', 'prolonged'][n]} ${id}`),
    );
  });

  test('that cannot be used change nothing', () => {
    const { policy } = now({ maxRetry: 3, ignore: [attacker] });
    for (const [rules, code] of [
      [{ maxRetry: 0 }, 'OPTION'],
      [{ maxRetry: 1, ignore: ['10.0.0.0/99'] }, 'IGNORE'],
      [{ maxRetry: 1, increment: { formula: '(' } }, 'FORMULA'],
    ] as const)
      expect(() => policy.reconfigure(rules)).toThrow(expect.objectContaining({ code: `ERR_BAN_POLICY_${code}` }));
    expect(policy.options).toMatchObject({ maxRetry: 3, ignore: [attacker] });
  });
});
