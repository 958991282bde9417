import { BanList, type StandingBan } from './ban-list.ts';

const ban = (id: string, endMs: number): StandingBan => ({ id, bannedAtMs: 0, endMs, failures: 1, count: 1 });

describe('BanList', () => {
  test('ends bans in the order of their ends, and only those that are over', () => {
    const list = new BanList();
    for (const [id, endMs] of [
      ['a', 300],
      ['b', 100],
      ['c', 200],
    ] as const)
      list.set(ban(id, endMs));
    expect(list.nextEndMs).toBe(100);
    expect(list.takeExpired(99)).toBeUndefined();
    expect([list.takeExpired(200)?.id, list.takeExpired(200)?.id, list.takeExpired(200)?.id]).toEqual([
      'b',
      'c',
      undefined,
    ]);
    expect([...list].map(({ id }) => id)).toEqual(['a']);
  });

  test('never ends a permanent ban by time', () => {
    const list = new BanList();
    list.set(ban('a', Number.POSITIVE_INFINITY));
    expect(list.nextEndMs).toBe(Number.POSITIVE_INFINITY);
    expect(list.takeExpired(Number.MAX_SAFE_INTEGER)).toBeUndefined();
    expect(list.size).toBe(1);
  });

  test.each<[string, (list: BanList) => void]>([
    ['set again', (list) => list.set(ban('a', 500))],
    ['extended', (list) => list.extend('a', 500)],
  ])('ends a ban that is %s at its new end', (_, change) => {
    const list = new BanList();
    list.set(ban('a', 100));
    change(list);
    expect(list.get('a')?.endMs).toBe(500);
    expect([...list]).toEqual([ban('a', 500)]);
    expect(list.takeExpired(499)).toBeUndefined();
    expect(list.takeExpired(500)?.endMs).toBe(500);
    expect(list.size).toBe(0);
  });

  test('gives up the ban that ends soonest first, permanent ones last', () => {
    const list = new BanList();
    list.set(ban('for ever', Number.POSITIVE_INFINITY));
    list.set(ban('long', 900));
    list.set(ban('short', 100));
    expect([0, 1, 2, 3].map(() => list.takeSoonest()?.id)).toEqual(['short', 'long', 'for ever', undefined]);
  });

  test('holds 200,000 bans and ends each at its time', () => {
    const list = new BanList();
    const count = 200_000;
    // A permutation, so that the ends are in no order.
    for (let i = 0; i < count; i++) list.set(ban(String(i), (i * 7919) % count));
    let last = -1;
    for (let taken = list.takeExpired(count); taken !== undefined; taken = list.takeExpired(count)) {
      if (taken.endMs <= last) throw new Error(`${taken.endMs} after ${last}`);
      last = taken.endMs;
    }
    expect([list.size, last]).toEqual([0, count - 1]);
  });
});
