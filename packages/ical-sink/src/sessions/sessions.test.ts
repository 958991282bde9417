import { type Activity, CounterMetrics, ringRejects } from '@sluice/pipeline';
import fc from 'fast-check';
import { metricNames } from '../metrics.ts';
import type { SessionOptions } from '../options.ts';
import { commit } from '../testing/commit.ts';
import { Sessions } from './sessions.ts';

const minute = 60_000;
const noon = Date.UTC(2024, 2, 1, 12);
/** The n-th commit, so many minutes after noon. */
const at = (n: number, minutes: number, more: Partial<Activity> = {}): Activity =>
  commit(n, { startMs: noon + minutes * minute, title: `commit ${n}`, ...more });

function joined(activities: readonly Activity[], options: Partial<SessionOptions> = {}): Activity[] {
  const sessions = new Sessions({ gapMs: 60 * minute, ...options });
  return [...activities.flatMap((activity) => sessions.add(activity)), ...sessions.end()];
}
/** Uid, minutes after noon, and number of each session. */
const brief = (sessions: readonly Activity[]) =>
  sessions.map(({ uid, startMs, endMs, sequence = -1 }) => [
    uid.replace('@repository', ''),
    (startMs - noon) / minute,
    ((endMs ?? startMs) - noon) / minute,
    sequence + 1,
  ]);

test('activities less than the gap apart are one block, from a slot before the first to the last', () => {
  expect(brief(joined([at(1, 0), at(2, 30), at(3, 89)]))).toEqual([['session-r1', -5, 89, 3]]);
});

test('a gap parts them, to the millisecond', () => {
  expect(brief(joined([at(1, 0), at(2, 60)]))).toEqual([
    ['session-r1', -5, 0, 1],
    ['session-r2', 55, 60, 1],
  ]);
  expect(joined([at(1, 0), at(2, 0, { startMs: noon + 60 * minute - 1 })])).toHaveLength(1);
});

test('a block tells what it is made of', () => {
  const given = [
    at(1, 0, { categories: ['b', 'x'], tzMinutes: 60 }),
    at(2, 10, { categories: ['a'], tzMinutes: 60, recordedMs: noon + 1000 * minute }),
    at(3, 13 * 60 - 120, { source: { kind: 'git', id: 'git', label: 'other' } }),
  ];
  expect(joined(given, { gapMs: 1000 * minute })).toEqual([
    {
      uid: 'session-r1@repository',
      source: given[0]?.source,
      author: { name: 'kevin' },
      startMs: noon - 5 * minute,
      endMs: noon + 660 * minute,
      recordedMs: noon + 1000 * minute,
      tzMinutes: 60,
      title: '3 commits: other, project',
      text: '13:00 commit 1\n13:10 commit 2\n23:00Z commit 3',
      categories: ['a', 'a, b', 'b', 'project', 'x'],
      sequence: 2,
    },
  ]);
});

test('a text names each new day', () => {
  const [session] = joined([at(1, 11 * 60 + 50), at(2, 12 * 60 + 10)]);
  expect(session?.text).toBe('23:50Z commit 1\n2024-03-02\n00:10Z commit 2');
});

test('titles count in the words of their sources', () => {
  const of = (kind: string, id = 'x') => ({ source: { kind, id } });
  const titles = (...activities: Activity[]) => joined(activities).map(({ title }) => title);
  expect(titles(at(1, 0))).toEqual(['1 commit: project']);
  expect(titles(at(1, 0, of('mail')), at(2, 1, of('mail')))).toEqual(['2 mails']);
  expect(titles(at(1, 0, of('mail')), at(2, 1, of('git')))).toEqual(['2 activities']);
  const labels = ['d', 'c', 'b', 'a'].map((label, n) => at(n, n, { source: { kind: 'git', id: 'git', label } }));
  expect(titles(...labels)).toEqual(['4 commits: a, b, c, …']);
});

test('a single activity keeps its address, several have none', () => {
  const url = 'https://example.org/1';
  expect(joined([at(1, 0, { url })])[0]?.url).toBe(url);
  expect(joined([at(1, 0, { url }), at(2, 1)])[0]).not.toHaveProperty('url');
});

test('the text lists no more than maxListed, and counts the rest', () => {
  const [session] = joined([at(1, 0), at(2, 1), at(3, 2), at(4, 3)], { maxListed: 2 });
  expect(session).toMatchObject({ sequence: 3, text: '12:00Z commit 1\n12:01Z commit 2\n… and 2 more' });
});

describe('by', () => {
  const given = [
    at(1, 0, { author: { name: 'A', email: 'a@x' } }),
    at(2, 1, { author: { name: 'Other name', email: 'A@X' } }),
    at(3, 2, { author: { name: 'b' } }),
    at(4, 3, { author: { name: 'B' }, source: { kind: 'svn', id: 'other' } }),
    at(5, 4, { source: { kind: 'svn', id: 'other' }, author: {} }),
  ];
  const members = (options: Partial<SessionOptions>) =>
    joined(given, options).map(({ text }) => text?.match(/\d$/gm)?.join(''));

  test('author joins by address, else name, whatever the case and the source', () => {
    expect(members({})).toEqual(['12', '34', '5']);
  });

  test('author-and-source parts sources', () => {
    expect(members({ by: 'author-and-source' })).toEqual(['12', '3', '4', '5']);
  });

  test('a function says what belongs together', () => {
    expect(members({ by: () => 'all' })).toEqual(['12345']);
  });
});

test('what has a length counts with it, and needs no slot', () => {
  const ban = at(1, 0, { endMs: noon + 120 * minute });
  expect(brief(joined([ban, at(2, 170)]))).toEqual([['session-r1', 0, 170, 2]]);
});

test('one that lies between two sessions makes them one, with the uid of the earliest', () => {
  expect(brief(joined([at(3, 100), at(1, 0), at(2, 50)]))).toEqual([['session-r1', -5, 100, 3]]);
});

test('any order gives the same sessions', () => {
  const anyActivities = fc.uniqueArray(
    fc
      .tuple(fc.nat(50), fc.nat(2000), fc.constantFrom('a', 'b'), fc.option(fc.nat(200)))
      .map(([n, minutes, name, length]) =>
        at(n, minutes, { author: { name }, ...(length !== null && { endMs: noon + (minutes + length) * minute }) }),
      ),
    { selector: ({ uid }) => uid },
  );
  const shuffled = anyActivities.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const sorted = (given: readonly Activity[]) =>
        joined(given, { maxListed: 3 }).toSorted((one, two) => (one.uid < two.uid ? -1 : 1));
      expect(sorted(other)).toEqual(sorted(all));
      const total = sorted(all).reduce((sum, { sequence = 0 }) => sum + sequence + 1, 0);
      expect(total).toBe(all.length);
    }),
  );
});

test('more than maxOpen: the one that has not grown for longest is closed, and counted', () => {
  const metrics = new CounterMetrics();
  const sessions = new Sessions({ gapMs: minute, maxOpen: 2, metrics });
  expect(sessions.add(at(1, 0))).toEqual([]);
  expect(sessions.add(at(2, 10))).toEqual([]);
  expect(sessions.add(at(3, 0))).toEqual([]);
  expect(brief(sessions.add(at(4, 20)))).toEqual([['session-r2', 5, 10, 1]]);
  expect(brief(sessions.end())).toEqual([
    ['session-r1', -5, 0, 2],
    ['session-r4', 15, 20, 1],
  ]);
  expect(metrics.snapshot()).toEqual({
    [metricNames.taken]: 4,
    [metricNames.joined]: 4,
    [metricNames.evictedSessions]: 1,
  });
});

describe('growing', () => {
  test('each activity gives its session anew, as the same event', () => {
    const given = joined([at(1, 0), at(2, 30), at(3, 500)], { growing: true });
    expect(brief(given)).toEqual([
      ['session-r1', -5, 0, 1],
      ['session-r1', -5, 30, 2],
      ['session-r3', 495, 500, 1],
    ]);
  });

  test('an earlier activity that comes late takes the former event out', () => {
    const given = joined([at(2, 30), at(1, 0)], { growing: true });
    expect(given.map(({ uid, removed }) => [uid, removed])).toEqual([
      ['session-r2@repository', undefined],
      ['session-r2@repository', true],
      ['session-r1@repository', undefined],
    ]);
  });

  test('two sessions that become one leave one event', () => {
    const given = joined([at(1, 0), at(3, 100), at(2, 50)], { growing: true });
    expect(given.slice(2).map(({ uid, removed, sequence }) => [uid, removed, sequence])).toEqual([
      ['session-r3@repository', true, undefined],
      ['session-r1@repository', undefined, 2],
    ]);
  });
});

test('what has no time is rejected, what is removed is skipped', () => {
  const rejects = ringRejects(5);
  const metrics = new CounterMetrics();
  const given = [at(1, Number.NaN), at(2, 0, { endMs: Number.POSITIVE_INFINITY }), at(3, 0, { removed: true })];
  expect(joined(given, { rejects, metrics })).toEqual([]);
  expect(rejects.last.map(({ code, value }) => [code, value])).toEqual([
    ['ERR_ICAL_SINK_DATE', 'r1@repository'],
    ['ERR_ICAL_SINK_DATE', 'r2@repository'],
  ]);
  expect(metrics.get(metricNames.skipped)).toBe(1);
});

test('a zone that gives no date does no harm', () => {
  expect(joined([at(1, 0, { tzMinutes: 1e300 })])[0]?.text).toBe('12:00 commit 1');
});

test.each([
  [{}, 'gapMs must be an integer of at least 1, not undefined'],
  [{ gapMs: 0 }, 'gapMs must be an integer of at least 1, not 0'],
  [{ gapMs: 1, by: 'day' }, "by must be 'author' or 'author-and-source', not \"day\""],
  [{ gapMs: 1, maxOpen: 0 }, 'maxOpen must be an integer of at least 1, not 0'],
])('refuses the options %j', (options, message) => {
  expect(() => new Sessions(options as SessionOptions)).toThrow(message);
});
