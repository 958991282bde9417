import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BanEvent } from '@sluice/pipeline';
import { Subject, VirtualTimeScheduler } from 'rxjs';
import { BanPolicy } from './ban-policy.ts';
import { decideBans } from './decide-bans.ts';
import { attached } from './testing/attached.ts';
import { failure } from './testing/failure.ts';

const attacker = '203.0.113.66';

describe('BanPolicy', () => {
  test('counts what fail2ban shows as status', () => {
    const { policy } = attached({ maxRetry: 2, findTimeMs: 1000, banTimeMs: 5000 });
    for (const [id, timeMs] of [
      ['203.0.113.1', 0],
      ['203.0.113.2', 1500],
      ['203.0.113.3', 1600],
      ['203.0.113.3', 1700],
    ] as const)
      void policy.handle(failure(id, timeMs));
    expect(policy.status).toEqual({ currentlyFailed: 1, totalFailed: 4, currentlyBanned: 1, totalBanned: 1 });
  });

  test('bans by hand from now, even an ignored address, and lets it in again', () => {
    const scheduler = new VirtualTimeScheduler();
    scheduler.frame = 1000;
    const { policy, events } = attached({ clock: 'scheduler', scheduler, ignore: [attacker], banTimeMs: 500 });
    expect([policy.ban(attacker), policy.isBanned(attacker), policy.ban(attacker)]).toEqual([true, true, false]);
    expect([policy.unban(attacker), policy.unban(attacker), policy.isBanned(attacker)]).toEqual([true, false, false]);
    expect(events).toMatchObject([
      { kind: 'ban', id: attacker, timeMs: 1000, endMs: 1500, failures: 0 },
      { kind: 'already-banned', id: attacker, extended: false },
      { kind: 'unban', id: attacker, timeMs: 1000, reason: 'manual' },
    ]);
  });

  test('knows an address by any of its spellings', () => {
    const { policy } = attached();
    void policy.handle(failure('203.0.113.1', 1));
    policy.ban('2001:DB8:0:0:0:0:0:1');
    expect(policy.isBanned('2001:db8::1')).toBe(true);
    expect(policy.unban('2001:0db8::0001')).toBe(true);
  });

  test('what is banned by hand goes through the stream that runs it, and ends by its timer', () => {
    const scheduler = new VirtualTimeScheduler();
    const policy = new BanPolicy({ scheduler, banTimeMs: 100 });
    const kinds: string[] = [];
    new Subject<never>().pipe(decideBans(policy)).subscribe(({ kind }) => kinds.push(kind));
    policy.ban(attacker);
    scheduler.flush();
    expect(kinds).toEqual(['ban', 'unban']);
  });

  test('keeps its state from one stream to the next', () => {
    const { policy, events, detach } = attached({ maxRetry: 2 });
    void policy.handle(failure(attacker, 1));
    detach();
    const later: BanEvent[] = [];
    policy.attach((event) => later.push(event));
    void policy.handle(failure(attacker, 2));
    expect([events.length, later.length]).toEqual([0, 1]);
  });

  test('bans with all lines of the sessions that failed, the last ones where they are too many', () => {
    const { policy, events } = attached({ maxRetry: 2, maxMatches: 3, maxMatchChars: 6 });
    const fail = (id: string, timeMs: number, matches?: readonly string[]): void =>
      void policy.handle(failure(id, timeMs, { line: `line ${timeMs}`, ...(matches && { matches }) }));
    fail(attacker, 1, ['opened', 'failed and closed']);
    fail(attacker, 2);
    fail('203.0.113.1', 3, ['a', 'b']);
    fail('203.0.113.1', 4, ['c', 'd']);
    expect(events.map((event) => event.kind === 'ban' && event.matches)).toEqual([
      ['opened', 'failed', 'line 2'],
      ['b', 'c', 'd'],
    ]);
  });

  test('keeps nothing of a long line but its beginning, whatever was cut out of it', () => {
    const { policy, events } = attached({ maxRetry: 2, maxMatchChars: 20, notices: { next: () => undefined } });
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 400; n += 1) {
      const id = `2001:db8:aaaa:bbbb:cccc:dddd:0:${n}`;
      const line = `${id} ${'x'.repeat(1_000_000)}`.toUpperCase();
      const part = line.slice(0, id.length);
      const groups = { user: line.slice(0, 500_000) };
      void policy.handle(failure(part, n, { address: { text: part, family: 6 }, sourceId: 'log', line, groups }));
    }
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
    policy.reconfigure({ maxRetry: 1, maxMatchChars: 20 });
    const line = 'y'.repeat(100);
    void policy.handle(failure('z', 500, { line, groups: { user: line, port: '22' } }));
    expect(events).toMatchObject([
      { id: 'z', groups: { user: 'y'.repeat(20), port: '22' }, matches: ['y'.repeat(20)] },
    ]);
  });

  test('bans an id of 4096 characters, and rejects a longer one', () => {
    const { policy, events, rejects } = attached({ maxRetry: 1 });
    for (const length of [4096, 4097]) void policy.handle(failure('x'.repeat(length), 1));
    expect([events.length, rejects]).toMatchObject([1, [{ code: 'ERR_BAN_POLICY_ID', value: 'x'.repeat(100) }]]);
  });

  test('is not shared by two streams', () => {
    const { policy } = attached();
    const faults: unknown[] = [];
    new Subject<never>().pipe(decideBans(policy)).subscribe({ error: (error: unknown) => faults.push(error) });
    expect(faults).toEqual([expect.objectContaining({ code: 'ERR_BAN_POLICY_ATTACHED' })]);
  });

  test('takes nothing while nobody takes its decisions', () => {
    const policy = new BanPolicy();
    expect(() => policy.ban(attacker)).toThrow(expect.objectContaining({ code: 'ERR_BAN_POLICY_DETACHED' }));
    expect(() => policy.handle(failure(attacker, 1))).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_POLICY_DETACHED' }),
    );
    expect(policy.status.totalFailed).toBe(0);
  });

  test('names the entries of its ignore list that it does not resolve', () => {
    expect(new BanPolicy({ ignore: ['office.example.com'] }).unresolved).toEqual([
      expect.objectContaining({ code: 'ERR_BAN_POLICY_NAME' }),
    ]);
  });
});
