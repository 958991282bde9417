import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics } from '@sluice/pipeline';
import { lastValueFrom, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { hgBatches } from './hg/hg-batches.ts';
import { hgCommits } from './hg-source.ts';
import { metricNames } from './metrics.ts';
import type { Cursor, Progress } from './options.ts';
import { commitsOf } from './testing/commits-of.ts';
import { HgRepository, needsHg } from './testing/hg-repository.ts';

/** A history with branches and a merge; the messages begin with a number. */
function branchedRepository(): HgRepository {
  const repository = new HgRepository();
  repository.commit('0 root\n\nbody é 😀 "quoted" <x> \x1b', { files: ['a', 'sub/ü'] });
  repository.commit('1 west', { user: 'bo', date: '1577934245 12600', files: ['b'] });
  repository.hg('branch', '-q', 'feature/x');
  repository.commit('2 on a branch', { user: 'cy@example.org', date: '-86400 0', files: ['sub/c'] });
  repository.hg('update', '-q', 'default');
  repository.commit('3 back', { user: '"Doe, J." <jd@example.org>', date: '1600000000 -20700', files: ['a'] });
  repository.hg('merge', '-q', 'feature/x');
  repository.commit('4 merge', { files: [] });
  return repository;
}

describeWith(needsHg, 'hgBatches', () => {
  let repository: HgRepository;
  beforeAll(() => {
    repository = branchedRepository();
  });

  test('reads every changeset with its author, zone, message, branch and parents', async () => {
    const commits = await commitsOf(hgBatches(repository.folder));
    const nodes = ['0', '1', '2', '3', '4'].map((revision) => repository.node(revision));
    expect(commits.map(({ id }) => id)).toEqual(nodes);
    expect(commits[0]).toEqual({
      repository: { kind: 'hg', id: 'hg', label: 'repository' },
      id: nodes[0],
      parents: [],
      author: { name: 'Ada Abe', email: 'ada@example.org', timeMs: 1577934245000, tzMinutes: 60 },
      committer: { name: 'Ada Abe', email: 'ada@example.org', timeMs: 1577934245000, tzMinutes: 60 },
      message: '0 root\n\nbody é 😀 "quoted" <x> \x1b',
      branch: 'default',
    });
    expect(commits.map(({ parents }) => parents)).toEqual([
      [],
      [nodes[0]],
      [nodes[1]],
      [nodes[1]],
      [nodes[3], nodes[2]],
    ]);
    expect(commits.map(({ branch }) => branch)).toEqual(['default', 'default', 'feature/x', 'default', 'default']);
    expect(commits.slice(1, 4).map(({ author }) => author)).toEqual([
      { name: 'bo', email: '', timeMs: 1577934245000, tzMinutes: -210 },
      { name: '', email: 'cy@example.org', timeMs: -86_400_000, tzMinutes: 0 },
      { name: 'Doe, J.', email: 'jd@example.org', timeMs: 1600000000000, tzMinutes: 345 },
    ]);
  });

  test('reads paths when asked to', async () => {
    const commits = await commitsOf(hgBatches(path.join(repository.folder, 'sub'), { files: true }));
    expect(commits[0]?.files).toEqual([{ path: 'a' }, { path: 'sub/ü' }]);
    expect(commits[2]?.files).toEqual([{ path: 'sub/c' }]);
  });

  test.each([
    [{ order: 'newest-first' as const }, '4 3 2 1 0'],
    [{ authors: ['bo', '*@EXAMPLE.org'], untilMs: 1577934246000 }, '0 1 2 4'],
    [{ fromMs: 1577934245000, untilMs: 1577934245001, order: 'newest-first' as const }, '4 1 0'],
    [{ paths: ['sub'] }, '0 2'],
    [{ paths: ['a', 'b'] }, '0 1 3'],
  ])('with %j reads %s', async (options, expected) => {
    const commits = await commitsOf(hgBatches(repository.folder, options));
    expect(commits.map(({ message }) => message[0]).join(' ')).toBe(expected);
    expect(commits.every(({ files }) => files === undefined)).toBe(true);
  });

  test('counts, and tells how far it is', async () => {
    const metrics = new CounterMetrics();
    const told: Progress[] = [];
    const options = { metrics, authors: ['bo'], onProgress: (progress: Progress) => told.push(progress) };
    await commitsOf(hgBatches(repository.folder, options));
    expect(metrics.snapshot()).toMatchObject({
      [metricNames.read]: 5,
      [metricNames.emitted]: 1,
      [metricNames.filtered]: 4,
    });
    expect(told.at(-1)).toEqual({ commits: 5, total: 5, phase: 'read' });
  });

  test('is a cold Observable', async () => {
    const commits = await lastValueFrom(hgCommits(repository.folder).pipe(toArray()));
    expect(commits).toEqual(await commitsOf(hgBatches(repository.folder)));
  });

  test('completes an empty repository with nothing', async () => {
    const cursors: Cursor[] = [];
    const empty = new HgRepository();
    expect(await commitsOf(hgBatches(empty.folder, { onCursor: (cursor) => cursors.push(cursor) }))).toEqual([]);
    expect(cursors).toEqual([{ version: 1, kind: 'hg', heads: {} }]);
  });

  test('reads while another process holds the locks', async () => {
    for (const lock of ['.hg/wlock', '.hg/store/lock']) symlinkSync('elsewhere:1', path.join(repository.folder, lock));
    expect(await commitsOf(hgBatches(repository.folder))).toHaveLength(5);
  });
});
