import type { Commit } from '../commit.ts';
import { detached } from './detached.ts';
import { filterOf } from './filter-of.ts';

const long = 'x'.repeat(50);
const author = { name: 'Ada é', email: 'ada@example.org', timeMs: 1, tzMinutes: 2, rawDate: 'r' };
const commit: Commit = {
  repository: { kind: 'git', id: 'git' },
  id: long,
  parents: [long],
  author,
  committer: author,
  message: '😀\n',
  branch: 'main',
  files: [{ path: 'a', action: 'renamed', from: 'b', added: 1, deleted: null }],
  merged: [],
};

test('a detached commit says what it said', () => {
  expect(detached(commit)).toEqual(commit);
  expect(detached({ ...commit, committer: { name: 'Bo', email: '' } }).committer).toEqual({ name: 'Bo', email: '' });
});

test('a few commits of many keep little memory', () => {
  // The message of each is a part of a text of a megabyte.
  const batch = (at: number): Commit[] => {
    const text = `${at}${'y'.repeat(1 << 20)}`;
    return [{ ...commit, id: 'kept', message: text.slice(0, 100) }, { ...commit, id: 'not', message: text.slice(100) }];
  };
  const filter = filterOf({ authors: [({ name }) => name !== 'nobody'], fromMs: 0 });
  const before = process.memoryUsage().heapUsed;
  const kept: Commit[] = [];
  for (let at = 0; at < 200; at += 1) kept.push(...filter(batch(at)).slice(0, 1));
  expect(kept).toHaveLength(200);
  expect(before).toBeGreaterThan(0);
});
