import type { Ban, BanEvent, Clock, Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { BanActionError } from '../ban-action-error.ts';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, prolonged, unban } from '../testing/events.ts';
import { FakeDriver, type FakeDriverOptions } from '../testing/fake-driver.ts';
import { type NetworkBackend, networkBackend } from './network-backend.ts';
import type { NetworkBackendOptions, TargetOptions } from './network-backend-options.ts';
import type { BlockedNetwork } from './network-driver.ts';

type Options = NetworkBackendOptions & TargetOptions;

/** A clock that a test sets. */
const setClock = (): Clock & { ms: number } => ({
  ms: 1000,
  nowMs() {
    return this.ms;
  },
});

const running = async (options: Options = {}, of: FakeDriverOptions = {}) => {
  const driver = new FakeDriver(of);
  const clock = setClock();
  const rejects: Reject[] = [];
  const backend = networkBackend(driver, { clock, rejects: { next: (reject) => rejects.push(reject) }, ...options });
  await backend.start();
  driver.calls.length = 0;
  const expired: BlockedNetwork[] = [];
  backend.expired.subscribe((network) => expired.push(network));
  const blocked = (): string[] => [...driver.blocked.values()].map(({ address }) => address).sort();
  return { driver, clock, rejects, backend, expired, blocked };
};

const until = (endMs: number, more: Partial<Ban> = {}): Partial<Ban> => ({ timeMs: 1000, endMs, ...more });
const codes = (outcomes: Awaited<ReturnType<NetworkBackend['apply']>>) =>
  outcomes.map(({ ok, error }) => (ok ? 'ok' : error?.code));

describe('networkBackend', () => {
  test('tells the driver one change a network, whatever the number of events about it', async () => {
    const { driver, backend } = await running();
    const outcomes = await backend.apply([
      ban('203.0.113.7', 1, until(5000)),
      unban('203.0.113.7'),
      ban('203.0.113.7', 1, until(9000)),
      ban('2001:db8::1', 1, until(5000)),
      ban('2001:db8::2', 1, until(7000)),
      unban('203.0.113.8'),
    ]);
    expect(driver.calls).toEqual(['ban 203.0.113.7/32 8000 sshd, ban 2001:db8::/64 6000 sshd, unban 203.0.113.8/32']);
    expect(codes(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
  });

  test('a network is let in when the last of those who ban it lets it in', async () => {
    const { driver, backend, blocked } = await running({ ipv4Prefix: 24 });
    await backend.apply([ban('203.0.113.7', 1, until(5000)), ban('203.0.113.8', 1, until(9000, { jail: 'web' }))]);
    await backend.apply([unban('203.0.113.8', { jail: 'web' })]);
    expect(driver.calls).toEqual(['ban 203.0.113.0/24 8000 web', 'again 203.0.113.0/24 4000 web']);
    await backend.apply([unban('203.0.113.7')]);
    expect(blocked()).toEqual([]);
  });

  test('an unban that leaves the end as it is says nothing', async () => {
    const { driver, backend } = await running();
    await backend.apply([ban('203.0.113.7', 1, until(5000)), ban('203.0.113.7', 1, until(9000, { jail: 'web' }))]);
    driver.calls.length = 0;
    expect(codes(await backend.apply([unban('203.0.113.7')]))).toEqual(['ok']);
    expect(driver.calls).toEqual([]);
  });

  test('a ban that goes on is told again: it may be gone', async () => {
    const { driver, backend } = await running();
    await backend.apply([ban('203.0.113.7', 1, until(5000))]);
    await backend.apply([alreadyBanned('203.0.113.7', 1, { endMs: 5000, extended: false })]);
    await backend.apply([prolonged('203.0.113.7', 1, { endMs: Number.POSITIVE_INFINITY })]);
    expect(driver.calls.slice(1)).toEqual(['again 203.0.113.7/32 4000 sshd', 'again 203.0.113.7/32 Infinity sshd']);
  });

  test('what is no address, and what the driver refuses, fails alone; a ban that failed is not held', async () => {
    const { driver, backend } = await running();
    driver.bad.add('203.0.113.8');
    const bans = [ban('203.0.113.7'), ban('203.0.113.8'), ban('session 17'), ban('203.0.113.9')];
    expect(codes(await backend.apply(bans))).toEqual(['ok', 'ERR_BAN_ACTION_REFUSED', 'ERR_BAN_ACTION_ADDRESS', 'ok']);
    driver.bad.clear();
    driver.calls.length = 0;
    await backend.apply([ban('203.0.113.8', 1, until(5000))]);
    expect(driver.calls).toEqual(['ban 203.0.113.8/32 4000 sshd']);
  });

  test('a driver that throws fails all events of the commit and no others', async () => {
    const { driver, backend } = await running();
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_PERMISSION', 'no');
    expect(codes(await backend.apply([ban('203.0.113.7'), ban('x')]))).toEqual([
      'ERR_BAN_ACTION_PERMISSION',
      'ERR_BAN_ACTION_ADDRESS',
    ]);
    expect(codes(await backend.apply([ban('203.0.113.7')]))).toEqual(['ok']);
  });

  test('where all is gone, makes ready and tells all that is held', async () => {
    const { driver, backend, blocked } = await running();
    await backend.apply([ban('203.0.113.7'), ban('203.0.113.8'), ban('203.0.113.9')]);
    driver.blocked.clear();
    driver.calls.length = 0;
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_GONE', 'flushed');
    driver.bad.add('203.0.113.6');
    const events = [ban('203.0.113.5'), ban('203.0.113.6'), unban('203.0.113.9')];
    expect(codes(await backend.apply(events))).toEqual(['ok', 'ERR_BAN_ACTION_REFUSED', 'ok']);
    expect(driver.calls[1]).toBe('start');
    expect(blocked()).toEqual(['203.0.113.5', '203.0.113.7', '203.0.113.8']);
  });

  test('reports the bans that could not be put back', async () => {
    const { driver, backend, rejects } = await running();
    await backend.apply([ban('203.0.113.7')]);
    driver.bad.add('203.0.113.7');
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_GONE', 'flushed');
    expect(codes(await backend.apply([ban('203.0.113.8')]))).toEqual(['ok']);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_ACTION_REFUSED', value: '203.0.113.7/32' }]);
  });

  test('makes exactly the given bans stand, and goes on from there', async () => {
    const standing = [{ address: '203.0.113.1', family: 4, prefix: 32 } as const];
    const { driver, backend, blocked } = await running({}, { standing });
    await backend.apply([ban('203.0.113.2')]);
    driver.bad.add('203.0.113.4');
    const over = ban('203.0.113.5', 1, until(900));
    const bans = [ban('203.0.113.3'), ban('203.0.113.4'), ban('x'), over, ban('203.0.113.3', 1, { jail: 'web' })];
    expect(codes(await backend.reconcile(bans))).toEqual([
      'ok',
      'ERR_BAN_ACTION_REFUSED',
      'ERR_BAN_ACTION_ADDRESS',
      'ok',
      'ok',
    ]);
    expect(blocked()).toEqual(['203.0.113.3']);
    await backend.apply([unban('203.0.113.3')]);
    expect(blocked()).toEqual(['203.0.113.3']);
    await backend.apply([unban('203.0.113.3', { jail: 'web' })]);
    expect(blocked()).toEqual([]);
  });

  test('makes ready first where what is to hold the bans is gone', async () => {
    const { driver, backend, blocked } = await running();
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_GONE', 'flushed');
    expect(codes(await backend.reconcile([ban('203.0.113.7')]))).toEqual(['ok']);
    expect([driver.calls[1], blocked()]).toEqual(['start', ['203.0.113.7']]);
  });

  test('where nothing could be reconciled, says so and holds what it held', async () => {
    const { driver, backend, blocked } = await running();
    await backend.apply([ban('203.0.113.7'), ban('203.0.113.7', 1, { jail: 'web' })]);
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_TIMEOUT', 'stuck');
    await expect(backend.reconcile([])).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_TIMEOUT' });
    await backend.apply([unban('203.0.113.7')]);
    expect(blocked()).toEqual(['203.0.113.7']);
  });

  test('a flush lets all in at once, and the unbans that follow change nothing', async () => {
    const { driver, backend, blocked } = await running();
    await backend.apply([ban('203.0.113.7'), ban('203.0.113.8')]);
    await backend.flush();
    expect([blocked(), driver.calls.at(-1)]).toEqual([[], 'reconcile: ']);
    expect(codes(await backend.apply([unban('203.0.113.7')]))).toEqual(['ok']);
  });

  test('ends what the driver does not end, and says what is over', async () => {
    const { driver, clock, backend, expired, blocked } = await running({}, { maxTimeoutMs: 5000 });
    await backend.apply([ban('203.0.113.7', 1, until(3000)), ban('203.0.113.8', 1, until(9000))]);
    clock.ms = 9000;
    driver.calls.length = 0;
    await backend.apply([]);
    // The short one is the driver's to end.
    expect([driver.calls, blocked()]).toEqual([['unban 203.0.113.8/32'], ['203.0.113.7']]);
    expect(expired).toEqual([
      { address: '203.0.113.7', family: 4, prefix: 32, jail: 'sshd' },
      { address: '203.0.113.8', family: 4, prefix: 32, jail: 'sshd' },
    ]);
  });

  test('its own timer ends bans with nobody there to ask', async () => {
    const driver = new FakeDriver({ maxTimeoutMs: 0 });
    const backend = networkBackend(driver);
    await backend.start();
    await backend.apply([ban('203.0.113.7', 30), ban('203.0.113.8', 1, { endMs: Infinity })]);
    const over = await new Promise((resolve) => backend.expired.subscribe(resolve));
    expect(over).toMatchObject({ address: '203.0.113.7' });
    expect([...driver.blocked.values()].map(({ address }) => address)).toEqual(['203.0.113.8']);
    await backend.stop();
  });

  test('tries again to end what it could not end, and says so', async () => {
    const { driver, clock, rejects, backend, expired, blocked } = await running({}, { maxTimeoutMs: 0 });
    await backend.apply([ban('203.0.113.7', 1, until(3000))]);
    driver.bad.add('203.0.113.7');
    clock.ms = 3000;
    await backend.apply([]);
    expect(rejects).toMatchObject([
      { reason: 'fake: the ban of 203.0.113.7/32 is over and could not be ended: 203.0.113.7 is bad' },
    ]);
    driver.bad.clear();
    clock.ms = 3999;
    await backend.apply([]);
    expect([blocked(), expired]).toEqual([['203.0.113.7'], []]);
    clock.ms = 4000;
    await backend.apply([]);
    expect([blocked(), expired.length]).toEqual([[], 1]);
  });

  test('takes on what stands from before and cannot end by itself, until somebody speaks of it', async () => {
    const stood = (address: string, expiresInMs?: number, prefix = 32) =>
      ({ address, family: 4, prefix, ...(expiresInMs !== undefined && { expiresInMs }) }) as const;
    const standing = [
      stood('203.0.113.1', 500),
      stood('203.0.113.2', 500),
      stood('203.0.113.3'),
      stood('203.0.113.0', 500, 24),
    ];
    const { clock, backend, blocked } = await running({}, { maxTimeoutMs: 0, standing });
    await backend.apply([ban('203.0.113.2', 1, until(9000))]);
    clock.ms = 1500;
    await backend.apply([]);
    expect(blocked()).toEqual(['203.0.113.2', '203.0.113.3']);
    await backend.apply([unban('203.0.113.2')]);
    expect(blocked()).toEqual(['203.0.113.3']);
  });

  test('forgets what is over, so that memory follows what is banned', async () => {
    const { driver, clock, backend } = await running();
    for (let n = 0; n < 100; n += 1) {
      clock.ms = 1000 + n * 1000;
      const ids = Array.from({ length: 100 }, (_, k) => `10.0.${n}.${k}`);
      await backend.apply(ids.map((id) => ban(id, 1, { endMs: clock.ms + 500 })));
    }
    driver.nextFault = new BanActionError('ERR_BAN_ACTION_GONE', 'flushed');
    await backend.apply([ban('203.0.113.7', 1, { endMs: Infinity })]);
    // All that is held is what is told when all is gone.
    expect(driver.calls.at(-1)?.split(', ')).toHaveLength(101);
  });

  test('where jails ban ports, each port stands for itself', async () => {
    const ssh = { protocol: 'tcp', port: 22 } as const;
    const web = { protocol: 'tcp', port: 443 } as const;
    const portsOf = (jail: string) => ({ sshd: [ssh], web: [ssh, web] })[jail];
    const { driver, backend } = await running({ portsOf });
    const id = '203.0.113.7';
    await backend.apply([
      ban(id),
      ban(id, 1, until(5000, { jail: 'web' })),
      ban(id, 1, until(5000, { jail: 'other' })),
    ]);
    const ports = (): (string | number)[] => [...driver.blocked.values()].map(({ port }) => port?.port ?? 'all').sort();
    expect(ports()).toEqual([22, 443, 'all']);
    await backend.apply([unban(id, { jail: 'web' })]);
    expect(ports()).toEqual([22, 'all']);
    await backend.apply([unban(id), unban(id, { jail: 'other' })]);
    expect(ports()).toEqual([]);
    driver.bad.add('203.0.113.9');
    expect(codes(await backend.apply([ban('203.0.113.9', 1, { jail: 'web' })]))).toEqual(['ERR_BAN_ACTION_REFUSED']);
  });

  test('where each jail stands for itself, two jails do not share a ban', async () => {
    const { driver, backend } = await running({ perJail: true });
    await backend.apply([ban('203.0.113.7', 1, until(5000)), ban('203.0.113.7', 1, until(9000, { jail: 'web' }))]);
    await backend.apply([unban('203.0.113.7')]);
    expect(driver.calls).toEqual(['ban 203.0.113.7/32 4000 sshd, ban 203.0.113.7/32 8000 web', 'unban 203.0.113.7/32']);
  });

  test('what gives the ports may fail: then those events do', async () => {
    const portsOf = (): never => {
      throw new Error('no such jail');
    };
    const { backend } = await running({ portsOf });
    expect(codes(await backend.apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_BACKEND']);
  });

  test('after a stop a start tells what is held', async () => {
    const { driver, backend } = await running();
    await backend.apply([ban('203.0.113.7', 1, until(5000))]);
    await backend.stop();
    await backend.start();
    expect(driver.calls).toEqual(['ban 203.0.113.7/32 4000 sshd', 'stop', 'start', 'ban 203.0.113.7/32 4000 sshd']);
  });

  test('the stream of what is over ends with a stop, and begins anew with a start', async () => {
    const { backend } = await running();
    const ends: string[] = [];
    backend.expired.subscribe({ complete: () => ends.push('first') });
    await backend.stop();
    await backend.start();
    backend.expired.subscribe({ complete: () => ends.push('second') });
    expect(ends).toEqual(['first']);
  });

  test('a dry run goes through all of it and tells the driver nothing', async () => {
    const { driver, backend } = await running();
    const written: string[] = [];
    const dry = dryRun(backend, { write: (command) => written.push(command) });
    await dry.start();
    expect(await dry.reconcile([ban('203.0.113.6', 1, until(5000))])).toMatchObject([{ ok: true, dryRun: true }]);
    await dry.apply([ban('203.0.113.7', 1, until(5000)), unban('203.0.113.6')]);
    expect(written).toEqual(['ban 203.0.113.6/32 4000 sshd', 'ban 203.0.113.7/32 4000 sshd', 'unban 203.0.113.6/32']);
    expect(driver.calls).toEqual([]);
    expect(backend.commands(unban('203.0.113.9'))).toEqual(['unban 203.0.113.9/32']);
    expect(backend.commands(ban('x'))).toEqual([]);
    expect(backend.startCommands()).toEqual(['make ready']);
  });

  test('whatever happens, it blocks what a simple model says', async () => {
    const subject = { id: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.1.1'), jail: fc.constantFrom('a', 'b') };
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ban' as const), ...subject, forMs: fc.integer({ min: -5, max: 40 }) }),
      fc.record({ kind: fc.constant('unban' as const), ...subject }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant('flushed' as const) }),
      fc.record({ kind: fc.constant('reconcile' as const), ...subject }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom(0, 10), async (steps, maxTimeoutMs) => {
        const { driver, clock, backend } = await running({ ipv4Prefix: 24 }, { maxTimeoutMs });
        const model = new Map<string, number>();
        const networks = (): string[] =>
          [
            ...new Set(
              [...model]
                .filter(([, endMs]) => endMs > clock.ms)
                .map(([key]) => `${key.split(' ')[1]}`.replace(/\d+$/, '0')),
            ),
          ].sort();
        for (const step of steps) {
          const events: BanEvent[] = [];
          if (step.kind === 'wait') clock.ms += step.ms;
          else if (step.kind === 'flushed') {
            driver.nextFault = new BanActionError('ERR_BAN_ACTION_GONE', 'flushed');
            driver.blocked.clear();
            model.set('c 10.9.9.9', Infinity);
            events.push(ban('10.9.9.9', 1, { jail: 'c', endMs: Infinity }));
          } else if (step.kind === 'reconcile') {
            model.clear();
            model.set(`${step.jail} ${step.id}`, clock.ms + 25);
            await backend.reconcile([ban(step.id, 1, { jail: step.jail, endMs: clock.ms + 25 })]);
          } else if (step.kind === 'ban') {
            model.set(`${step.jail} ${step.id}`, clock.ms + step.forMs);
            events.push(ban(step.id, 1, { jail: step.jail, endMs: clock.ms + step.forMs }));
          } else {
            model.delete(`${step.jail} ${step.id}`);
            events.push(unban(step.id, { jail: step.jail }));
          }
          await backend.apply(events);
          const byItself = [...driver.blocked.values()].map(({ address }) => address).sort();
          // Those that the driver ends by itself are still with the fake one, which has no clock.
          if (maxTimeoutMs === 0) expect(byItself).toEqual(networks());
          else expect(byItself).toEqual(expect.arrayContaining(networks()));
        }
        await backend.stop();
      }),
      { numRuns: 200 },
    );
  });

  test.each<[Options, string]>([
    [{ ipv4Prefix: 33 }, 'ipv4Prefix: expected an integer from 8 to 32, not 33 (number)'],
    [{ ipv6Prefix: 0 }, 'ipv6Prefix: expected an integer from 16 to 128, not 0 (number)'],
  ])('refuses %j', (options, message) => {
    expect(() => networkBackend(new FakeDriver(), options)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message }),
    );
  });
});
