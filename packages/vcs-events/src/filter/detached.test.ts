import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

test('a few commits of many do not keep the text of all', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const filter = filterOf({ authors: ['Ada'] });
  const kept: Commit[] = [];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 400; at += 1) {
    // As a reader has it: every message is a part of the chunk.
    const chunk = Buffer.alloc(1 << 19, `line ${at} `).toString('latin1');
    const ofAda = { ...commit, author: { name: 'Ada', email: '' }, message: chunk.slice(0, 100) };
    kept.push(...filter([ofAda, { ...commit, message: chunk.slice(100) }]));
  }
  collectGarbage();
  expect(kept).toHaveLength(400);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 << 20);
});
