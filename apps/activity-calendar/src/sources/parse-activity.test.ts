import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import { parseActivity } from './parse-activity.ts';
import { TextLines } from './text-lines.ts';

const activity: Activity = { uid: 'a@b', source: { kind: 'git', id: 'git' }, startMs: 1, title: 't' };

test('takes what JSON.stringify makes of an activity', () => {
  const whole: Activity = {
    ...activity,
    endMs: 2,
    tzMinutes: -90,
    recordedMs: 3,
    text: 'x',
    author: { name: 'n', email: 'e' },
    categories: ['c'],
    url: 'https://example.org',
    sequence: 1,
  };
  expect(parseActivity(JSON.stringify(whole))).toEqual(whole);
  expect(parseActivity(JSON.stringify(activity))).toEqual(activity);
});

test('of one that is removed only the uid is needed', () => {
  expect(parseActivity('{"uid":"a@b","removed":true}')).toMatchObject({ uid: 'a@b', removed: true });
});

test.each<[object, string]>([
  [{ uid: '' }, 'uid must be a text of 1 to 1000 characters'],
  [{ uid: 1 }, 'uid must be'],
  [{ startMs: '2024' }, 'startMs must be a time'],
  [{ startMs: 1e300 }, 'startMs must be a time'],
  [{ title: null }, 'title must be a text'],
  [{ source: 'git' }, 'source must be an object'],
  [{ categories: 'c' }, 'categories must be a list of texts'],
  [{ author: { name: 1 } }, 'author must be an object'],
  [{ tzMinutes: 9000 }, 'tzMinutes must be minutes'],
  [{ removed: 'yes' }, 'removed must be true or false'],
])('refuses %p and says why', (wrong, reason) => {
  expect(parseActivity(JSON.stringify({ ...activity, ...wrong }))).toContain(reason);
});

test('takes no key that an activity has not', () => {
  expect(parseActivity(`{"__proto__":{"x":1},"extra":1,${JSON.stringify(activity).slice(1)}`)).toEqual(activity);
});

test('anything else is refused and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const parsed = parseActivity(text);
      expect(typeof parsed === 'string' || typeof parsed.uid === 'string').toBe(true);
    }),
  );
});

test('lines are the same in any chunks, and one that is too long is dropped', () => {
  const text = 'é1\n\nlonger than ten\nlast ü';
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
      const lines = new TextLines(10);
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const found = places.slice(1).flatMap((end, index) => lines.add(bytes.subarray(places[index], end)));
      expect([...found, ...lines.end()]).toEqual(['é1', '', undefined, 'last ü']);
    }),
  );
});
