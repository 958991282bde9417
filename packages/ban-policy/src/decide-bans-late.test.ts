import type { Reject } from '@sluice/pipeline';
import { from, lastValueFrom, Subject, toArray } from 'rxjs';
import { decideBans } from './decide-bans.ts';
import { kindsOf } from './testing/attached.ts';
import { failure } from './testing/failure.ts';
import { FakeStore } from './testing/fake-store.ts';

const ids = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
const failures = ids.map((id, n) => failure(id, n));

describe('decideBans with what has to be waited for', () => {
  test.each([
    ['a store', { store: new FakeStore() }],
    ['an ignore command', { ignoreCommand: () => Promise.resolve(false) }],
    ['both', { store: new FakeStore(), ignoreCommand: () => Promise.resolve(false) }],
  ])('completes when all is decided and out, with %s', async (_, options) => {
    const decided = from(failures).pipe(decideBans({ maxRetry: 1, clock: 'event', ...options }), toArray());
    expect(kindsOf(await lastValueFrom(decided))).toEqual(ids.map((id) => `ban ${id}`));
  });

  test('tells nothing more to one who has unsubscribed', async () => {
    const store = new FakeStore();
    const told: string[] = [];
    const source = new Subject<(typeof failures)[number]>();
    const subscription = source
      .pipe(decideBans({ maxRetry: 1, clock: 'event', store }))
      .subscribe(({ id }) => told.push(id));
    source.next(failures[0] as (typeof failures)[number]);
    subscription.unsubscribe();
    await store.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect([told, store.disk('default').bans.length]).toEqual([[], 1]);
  });

  test('leaves the store with all that was counted, and says so where it cannot', async () => {
    const store = new FakeStore();
    const rejects: string[] = [];
    const options = {
      maxRetry: 5,
      clock: 'event',
      store,
      rejects: { next: ({ code }: Reject) => rejects.push(code) },
    } as const;
    const late = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    from(failures).pipe(decideBans(options)).subscribe();
    await late();
    expect([[...store.disk('default').tallies.keys()], rejects]).toEqual([ids, []]);
    store.onFlush = () => {
      throw new Error('no space left on device');
    };
    from(failures).pipe(decideBans(options)).subscribe();
    await late();
    expect(rejects).toEqual(['ERR_BAN_POLICY_STORE']);
  });

  test('begins with the bans that the store kept', async () => {
    const store = new FakeStore();
    await lastValueFrom(from(failures).pipe(decideBans({ maxRetry: 1, clock: 'event', store }), toArray()));
    store.crash();
    const again = from<typeof failures>([]).pipe(decideBans({ clock: 'event', store }), toArray());
    expect(await lastValueFrom(again)).toMatchObject(ids.map((id) => ({ kind: 'ban', id, restored: true })));
  });
});
