import type { Activity } from '@sluice/pipeline';
import { ActivityStore } from './activity-store.ts';
import type { ActivityList } from './list-activities.ts';
import { listActivities } from './list-activities.ts';
import { QueryError } from './query-error.ts';
import { madeActivities } from './testing/made-activities.ts';

const storeOf = (activities: readonly Activity[]): ActivityStore => {
  const store = new ActivityStore(100_000);
  store.put(activities);
  return store;
};

const ask = (store: ActivityStore, query: Record<string, string> = {}): Promise<ActivityList> =>
  listActivities(store, new URLSearchParams(query), false);

async function walk(store: ActivityStore, query: Record<string, string>): Promise<string[]> {
  const uids: string[] = [];
  let next: string | null = null;
  do {
    const list: ActivityList = await ask(store, next === null ? query : { ...query, before: next });
    uids.push(...list.activities.map(({ uid }) => uid));
    next = list.next;
  } while (next !== null);
  return uids;
}

const made = madeActivities(12_000);
const store = storeOf(made);
const sorted = store.newestFirst().map(({ uid }) => uid);

test('a walk from piece to piece finds each activity once, in order', async () => {
  expect(await walk(store, { limit: '200' })).toEqual(sorted);
});

test('also where very many happened in the same second', async () => {
  const same = storeOf(made.map((activity, n) => ({ ...activity, startMs: n < 10_000 ? 1000 : 2000 })));
  expect(new Set(await walk(same, { limit: '199' })).size).toBe(12_000);
});

test('what comes in during a walk moves nothing that is still to come', async () => {
  const growing = storeOf(made.slice(0, 100));
  const before = growing.newestFirst().map(({ uid }) => uid);
  const first = await ask(growing, { limit: '40' });
  growing.put(
    Array.from({ length: 7 }, (_, n) => ({ ...(made[0] as Activity), uid: `new ${n}`, startMs: Date.UTC(2030) })),
  );
  const second = await ask(growing, { limit: '60', before: first.next ?? '' });
  expect([...first.activities, ...second.activities].map(({ uid }) => uid)).toEqual(before);
});

test('filters by author, category and words, in the title, the text and the name, in any case', async () => {
  const expected = made.filter(
    ({ author, categories, title }) =>
      author?.name === 'Grace Hopper' && categories?.includes('notes') && title.startsWith('Mend'),
  );
  const found = await walk(store, {
    author: 'Grace Hopper',
    category: 'notes',
    q: 'mend  HOPPER reason',
    limit: '200',
  });
  expect(expected.length).toBeGreaterThan(10);
  expect([...found].sort()).toEqual(expected.map(({ uid }) => uid).sort());
});

test('a day is one of the author’s clock', async () => {
  const one = (uid: string, at: string, tzMinutes?: number): Activity => ({
    uid,
    source: { kind: 'git', id: 'git' },
    startMs: Date.parse(at),
    title: uid,
    ...(tzMinutes === undefined ? {} : { tzMinutes }),
  });
  const few = storeOf([
    one('in the east', '2024-03-11T12:00:00Z', 840),
    one('in the west', '2024-03-13T10:00:00Z', -720),
    one('unknown', '2024-03-12T23:59:59Z'),
    one('the day before', '2024-03-11T23:59:59Z'),
    one('the day after', '2024-03-12T23:00:00Z', 60),
  ]);
  const { activities } = await ask(few, { from: '2024-03-12', to: '2024-03-12' });
  expect(activities.map(({ uid, day, tzMinutes }) => [uid, day, tzMinutes])).toEqual([
    ['in the west', '2024-03-12', -720],
    ['unknown', '2024-03-12', null],
    ['in the east', '2024-03-12', 840],
  ]);
});

test('gives 50 unless told', async () => {
  expect((await ask(store)).activities).toHaveLength(50);
});

test('links lead to the web alone', async () => {
  const urls = [
    'javascript:alert(1)',
    'data:text/html,x',
    'not an address',
    'HTTPS://example.org/a b',
    'file:///etc/passwd',
  ];
  const list = await ask(storeOf(urls.map((url, n) => ({ ...(made[n] as Activity), startMs: -n, url }))));
  expect(list.activities.map(({ url }) => url)).toEqual([
    undefined,
    undefined,
    undefined,
    'https://example.org/a%20b',
    undefined,
  ]);
});

test.each([
  { from: 'yesterday' },
  { to: '2023-02-29' },
  { limit: '0' },
  { limit: '201' },
  { limit: '1e1' },
  { before: 'x' },
  { before: '1e999_0' },
  { before: '' },
  { q: 'x'.repeat(1001) },
])('%j is refused in words', async (query) => {
  await expect(ask(store, query as Record<string, string>)).rejects.toThrow(QueryError);
});
