import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import { ActivityStore } from './activity-store.ts';

const source = { kind: 'git', id: 'git' };
const activity = (uid: string, startMs: number, more: Partial<Activity> = {}): Activity => ({
  uid,
  source,
  startMs,
  title: uid,
  ...more,
});
const uidsOf = (store: ActivityStore): string[] => store.newestFirst().map(({ uid }) => uid);

test('the newest come first, and those of one instant by uid', () => {
  const store = new ActivityStore(100);
  store.put([activity('b', 5), activity('a', 5), activity('old', 1)]);
  store.put([activity('new', 9)]);
  expect(uidsOf(store)).toEqual(['new', 'a', 'b', 'old']);
});

test('the same again changes nothing, another one of the same uid takes its place', () => {
  const store = new ActivityStore(100);
  store.put([activity('a', 5, { categories: ['x'] })]);
  const { version } = store;
  const list = store.newestFirst();
  store.put([activity('a', 5, { categories: ['x'] })]);
  expect(store.version).toBe(version);
  expect(store.newestFirst()).toBe(list);
  store.put([activity('a', 7, { sequence: 1 })]);
  expect(store.version).toBeGreaterThan(version);
  expect(store.newestFirst()).toEqual([activity('a', 7, { sequence: 1 })]);
  expect(list).toEqual([activity('a', 5, { categories: ['x'] })]);
});

test('one of a lower sequence is old news', () => {
  const store = new ActivityStore(100);
  store.put([activity('a', 7, { sequence: 2 }), activity('a', 5, { sequence: 1 })]);
  expect(store.newestFirst()).toMatchObject([{ startMs: 7 }]);
});

test('what is removed is gone, and comes back when it is put again', () => {
  const store = new ActivityStore(100);
  store.put([activity('a', 5), activity('b', 6)]);
  store.newestFirst();
  store.put([activity('a', 0, { removed: true }), activity('never', 0, { removed: true })]);
  expect(uidsOf(store)).toEqual(['b']);
  store.put([activity('a', 5)]);
  expect(uidsOf(store)).toEqual(['b', 'a']);
});

test('beyond its limit the oldest are dropped and counted', () => {
  const store = new ActivityStore(10);
  for (let n = 0; n < 100; n += 1) store.put([activity(`${n}`, (n * 37) % 100)]);
  expect(store.newestFirst().map(({ startMs }) => startMs)).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91, 90]);
  expect(store.dropped).toBe(90);
});

test('without a date that a calendar has it is counted and not kept', () => {
  const store = new ActivityStore(10);
  store.put([activity('a', Number.NaN), activity('b', 1e18)]);
  expect([store.undated, store.newestFirst().length]).toEqual([2, 0]);
});

test('a text of a megabyte is kept short', () => {
  const store = new ActivityStore(10);
  store.put([activity('a', 1, { title: 'x'.repeat(1e6), text: 'y'.repeat(1e6) })]);
  const [kept] = store.newestFirst();
  expect(kept?.title).toBe(`${'x'.repeat(999)}…`);
  expect(kept?.text).toBe(`${'y'.repeat(9999)}…`);
});

test('holds the last of each uid in order, however they come', () => {
  const items = fc.array(
    fc.record({ uid: fc.constantFrom('a', 'b', 'c', 'd'), startMs: fc.nat(9), removed: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(items), (batches) => {
      const store = new ActivityStore(1000);
      const model = new Map<string, number>();
      for (const batch of batches) {
        store.put(batch.map(({ uid, startMs, removed }) => activity(uid, startMs, removed ? { removed } : {})));
        for (const { uid, startMs, removed } of batch) {
          if (removed) model.delete(uid);
          else model.set(uid, startMs);
        }
        const expected = [...model].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
        expect(store.newestFirst().map(({ uid, startMs }) => [uid, startMs])).toEqual(expected);
      }
    }),
  );
});
