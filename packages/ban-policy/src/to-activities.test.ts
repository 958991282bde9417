import {
  type Activity,
  type AlreadyBanned,
  type Ban,
  type BanEvent,
  type Prolonged,
  parseAddress,
  type Unban,
} from '@sluice/pipeline';
import { from, lastValueFrom, toArray } from 'rxjs';
import { BanActivities, type BanActivitiesOptions } from './ban-activities.ts';
import { banActivity } from './ban-activity.ts';
import { decideBans } from './decide-bans.ts';
import { failure } from './testing/failure.ts';
import { toActivities } from './to-activities.ts';

const host = 'mail.example.org';
const atMs = Date.UTC(2024, 2, 1, 12);
const who = { jail: 'sshd', id: '192.0.2.7' };
const ban = (more: Partial<Ban> = {}): Ban => ({
  kind: 'ban',
  ...who,
  timeMs: atMs,
  banTimeMs: 600_000,
  endMs: atMs + 600_000,
  failures: 5,
  count: 1,
  restored: false,
  matches: ['line 1', 'line 2'],
  groups: {},
  ...more,
});
const again = (afterMs: number, extended = true): AlreadyBanned => ({
  kind: 'already-banned',
  ...who,
  timeMs: atMs + afterMs,
  bannedAtMs: atMs,
  endMs: atMs + afterMs + 600_000,
  extended,
});
const unban = (afterMs: number, reason: Unban['reason'] = 'manual'): Unban => ({
  kind: 'unban',
  ...who,
  timeMs: atMs + afterMs,
  reason,
});
const all = (events: readonly BanEvent[], more: Partial<BanActivitiesOptions> = {}): Promise<Activity[]> =>
  lastValueFrom(from(events).pipe(toActivities({ host, ...more }), toArray()));

describe('a ban as an activity', () => {
  test('lasts as long as it is to, and says who, where and why', () => {
    expect(banActivity(ban(), { host })).toEqual({
      uid: `ban-sshd-192.0.2.7-${atMs}@mail.example.org`,
      source: { kind: 'ban', id: host, label: 'sshd' },
      startMs: atMs,
      endMs: atMs + 600_000,
      title: 'ban 192.0.2.7 (sshd)',
      text: 'Banned after 5 failures\n\nline 1\nline 2',
      categories: ['sshd'],
    });
  });

  test('for ever has no end, and one by hand no failures', () => {
    const forEver = banActivity(ban({ endMs: Number.POSITIVE_INFINITY, failures: 0, matches: [] }), { host });
    expect(forEver).not.toHaveProperty('endMs');
    expect(forEver?.text).toBe('Banned by hand');
  });

  test('is bounded, however long the id and the lines of an attacker are, and ids stay different', () => {
    const long = 'x'.repeat(1_000_000);
    const matches = Array.from({ length: 1000 }, (_, n) => `${n} ${long}`);
    const one = banActivity(ban({ id: `${long}1`, matches }), { host, maxLines: 2, maxLineChars: 10 });
    const two = banActivity(ban({ id: `${long}2` }), { host });
    expect(one?.uid).not.toBe(two?.uid);
    expect(one?.uid.length).toBeLessThan(250);
    expect(one?.title.length).toBeLessThan(250);
    expect(one?.text).toBe('Banned after 5 failures\n\n998 xxxxxx\n999 xxxxxx');
    expect(banActivity(ban(), { host, maxLines: 0 })?.text).toBe('Banned after 5 failures');
  });

  test('is the same ban when it is prolonged: same uid, new end, higher sequence', () => {
    const first = banActivity(ban(), { host });
    const sequences = [100, 5000, 61_000].map((afterMs) => {
      const next = banActivity(again(afterMs), { host });
      expect(next).toMatchObject({
        uid: first?.uid,
        startMs: atMs,
        endMs: atMs + afterMs + 600_000,
        title: first?.title,
      });
      return next?.sequence;
    });
    expect(sequences).toEqual([1, 5, 61]);
    expect(banActivity(again(5000, false), { host })).toBeUndefined();
    expect(banActivity(unban(5000), { host })).toBeUndefined();
  });

  test('needs a host that can stand in a uid', () => {
    for (const bad of ['', 'a b', 'a\nb', 'a@b', 'x'.repeat(300)]) {
      expect(() => banActivity(ban(), { host: bad })).toThrow(/^host: expected a name/);
      expect(() => toActivities({ host: bad })).toThrow(expect.objectContaining({ code: 'ERR_BAN_POLICY_OPTION' }));
    }
    expect(() => toActivities({ host, maxStanding: 0 })).toThrow(/^maxStanding: expected an integer/);
  });
});

describe('bans as a stream of activities', () => {
  test('tell each ban once when all goes as it was said', async () => {
    const activities = await all([ban(), again(1000, false), unban(600_000, 'expired')]);
    expect(activities).toEqual([banActivity(ban(), { host })]);
  });

  test('tell a ban again, with its lines, when it is prolonged and when it is lifted', async () => {
    const activities = await all([ban(), again(30_000), again(30_001), unban(90_000)]);
    const [first, ...later] = activities;
    expect(later.map(({ endMs, sequence }) => [(endMs ?? 0) - atMs, sequence])).toEqual([
      [630_000, 30],
      [630_001, 31],
      [90_000, 90],
    ]);
    for (const { uid, text, startMs } of later)
      expect({ uid, text, startMs }).toEqual({ uid: first?.uid, text: first?.text, startMs: atMs });
  });

  test('tell a ban again when increment makes it longer right away, and when it is prolonged later', async () => {
    const longer: Prolonged = {
      kind: 'prolonged',
      ...who,
      timeMs: atMs,
      bannedAtMs: atMs,
      banTimeMs: 1_200_000,
      endMs: atMs + 1_200_000,
      count: 2,
    };
    const activities = await all([ban({ count: 2 }), longer, again(900_000), unban(1_500_000, 'expired')]);
    expect(activities.map(({ uid, endMs, sequence, text }) => [uid, (endMs ?? 0) - atMs, sequence, text])).toEqual(
      [
        [600_000, undefined],
        [1_200_000, 1],
        [1_500_000, 900],
      ].map((changed) => [activities[0]?.uid, ...changed, activities[0]?.text]),
    );
    expect(banActivity({ ...longer, endMs: Number.POSITIVE_INFINITY }, { host })).not.toHaveProperty('endMs');
  });

  test('give one for ever its end when it is lifted', async () => {
    const activities = await all([ban({ endMs: Number.POSITIVE_INFINITY }), unban(5000)]);
    expect(activities.map(({ endMs }) => endMs)).toEqual([undefined, atMs + 5000]);
  });

  test('give one that is ended early for want of room its real end', async () => {
    const activities = await all([ban(), unban(5000, 'expired')]);
    expect(activities.map(({ endMs }) => endMs)).toEqual([atMs + 600_000, atMs + 5000]);
  });

  test('know the next ban of an address from the one before, and jails from each other', async () => {
    const activities = await all([
      ban(),
      ban({ jail: 'web' }),
      unban(5000),
      ban({ timeMs: atMs + 9000, endMs: atMs + 609_000 }),
      { ...unban(10_000), jail: 'web' },
    ]);
    expect(activities.map(({ uid, endMs }) => [uid, (endMs ?? 0) - atMs])).toEqual([
      [`ban-sshd-192.0.2.7-${atMs}@${host}`, 600_000],
      [`ban-web-192.0.2.7-${atMs}@${host}`, 600_000],
      [`ban-sshd-192.0.2.7-${atMs}@${host}`, 5000],
      [`ban-sshd-192.0.2.7-${atMs + 9000}@${host}`, 609_000],
      [`ban-web-192.0.2.7-${atMs}@${host}`, 10_000],
    ]);
  });

  test('leave out what is applied again after a restart, but know it when it is lifted', async () => {
    const restored = ban({ restored: true, matches: [] });
    expect(await all([restored])).toEqual([]);
    expect((await all([restored, unban(5000)])).map(({ sequence }) => sequence)).toEqual([5]);
    const [told] = await all([restored], { restored: true });
    expect(told?.text).toBe('Banned after 5 failures (applied again after a restart)');
  });

  test('remember so many standing bans and no more', () => {
    const bans = new BanActivities({ host, maxStanding: 2 });
    for (const id of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) bans.take(ban({ id }));
    expect(bans.take({ ...unban(5000), id: '192.0.2.1' })).toBeUndefined();
    expect(bans.take({ ...unban(5000), id: '192.0.2.3' })).toBeDefined();
  });

  test('come from the failures of a log, through the policy that bans', async () => {
    const address = parseAddress('203.0.113.9')?.text ?? '';
    const failures = [0, 1, 2, 300, 301, 302, 2000].map((s) =>
      failure(s === 2000 ? '203.0.113.10' : address, atMs + s * 1000),
    );
    const policy = decideBans({ jail: 'sshd', maxRetry: 3, banTimeMs: 600_000, clock: 'event' });
    const activities = await lastValueFrom(from(failures).pipe(policy, toActivities({ host }), toArray()));
    expect(activities.map(({ endMs, sequence }) => [(endMs ?? 0) - atMs, sequence])).toEqual([
      [602_000, undefined],
      [902_000, 300],
    ]);
    expect(activities[1]?.text).toMatch(/^Banned after 3 failures\n\nline \d+/);
  });
});
