import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { lastValueFrom, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import type { Commit } from './commit.ts';
import { hgBatches, hgCommits } from './hg-source.ts';
import { metricNames } from './metrics.ts';
import type { Cursor, Progress } from './options.ts';
import { commitsOf } from './testing/commits-of.ts';
import { withoutPrograms, withProgram } from './testing/fake-program.ts';
import { HgRepository, needsHg } from './testing/hg-repository.ts';
import { tempFolder } from './testing/temp-folder.ts';

const titles = (commits: readonly Commit[]): string => commits.map(({ message }) => message.split('\n')[0]).join(' ');

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

  test('emits bytes that are no UTF-8 as U+FFFD, and a zone of days as none, and reports both', async () => {
    const own = new HgRepository();
    const rejects = ringRejects(10);
    own.commit('odd zone', { date: '1577934245 86400' });
    writeFileSync(Buffer.concat([Buffer.from(own.folder), Buffer.from('/b\xff', 'latin1')]), 'x');
    own.commit('odd name', { files: [] });
    const commits = await commitsOf(hgBatches(own.folder, { files: true, rejects }));
    expect(commits[0]?.author).toMatchObject({ timeMs: 1577934245000, rawDate: '1577934245 86400' });
    expect(commits[0]?.author).not.toHaveProperty('tzMinutes');
    expect(commits[1]?.files).toEqual([{ path: 'b\ufffd' }]);
    expect(rejects.last.map(({ code, value }) => [code, value])).toEqual([
      ['ERR_VCS_EVENTS_DATE', commits[0]?.id],
      ['ERR_VCS_EVENTS_TEXT', commits[1]?.id],
    ]);
  });

  test('fails where no repository is', async () => {
    for (const folder of [tempFolder(), path.join(tempFolder(), 'nothing')]) {
      await expect(commitsOf(hgBatches(folder))).rejects.toMatchObject({ code: 'ERR_VCS_EVENTS_NO_REPOSITORY' });
    }
  });

  test('refuses a changeset beyond the bound', async () => {
    const own = new HgRepository();
    own.commit('short');
    own.commit('l'.repeat(2000));
    const read: Commit[] = [];
    const reading = async (): Promise<void> => {
      for await (const batch of hgBatches(own.folder, { maxCommitBytes: 1000 })) read.push(...batch);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ERR_VCS_EVENTS_TOO_LARGE', limit: 1000 });
    expect(titles(read)).toBe('short');
  });

  test('says when hg is not installed', async () => {
    await withoutPrograms(async () => {
      await expect(commitsOf(hgBatches(repository.folder))).rejects.toMatchObject({
        code: 'ERR_VCS_EVENTS_NO_PROGRAM',
        message: expect.stringContaining('install mercurial'),
      });
    });
  });
});

describeWith(needsHg, 'hgBatches takes no short read for a whole one', () => {
  const node = 'a'.repeat(40);
  const line = `{"node":"${node}","p1":"${node}","p2":"${node}","user":"u","date":[0,0],"desc":"d","branch":"b"}`;

  test.each([
    ['killed', `echo '${line}'; kill -9 $$`, 'KILLED', 1],
    ['cut within a changeset', `echo '${line}'; printf '%s' '${line.slice(0, 90)}'`, 'TRUNCATED', 1],
    ['no JSON', `echo '${line}'; echo '{'`, 'FORMAT', 1],
    ['other JSON', `echo '{"node":1}'`, 'FORMAT', 0],
    ['failing', `echo '${line}'; echo 'abort: unknown revision 5' >&2; exit 255`, 'REVISION', 1],
    [
      'waiting for a lock',
      `echo 'abort: repository x: timed out waiting for lock held by y' >&2; exit 20`,
      'LOCKED',
      0,
    ],
    ['failing for a new reason', 'exit 1', 'FAILED', 0],
  ])('when hg log is %s', async (_name, log, code, count) => {
    const repository = new HgRepository();
    await withProgram('hg', `case "$*" in *json*) ${log};; *) echo '0 ${node}';; esac`, async () => {
      const read: Commit[] = [];
      const reading = async (): Promise<void> => {
        for await (const batch of hgBatches(repository.folder)) read.push(...batch);
      };
      await expect(reading()).rejects.toMatchObject({ code: `ERR_VCS_EVENTS_${code}` });
      expect(read).toHaveLength(count);
    });
  });
});

test.each([
  ['', {}],
  ['https://example.org/hg', {}],
  ['.', { order: 'newest-first', follow: true }],
  ['.', { cursor: { version: 1, kind: 'svn', heads: {} } }],
  ['.', { cursor: { version: 1, kind: 'hg', heads: { tip: 'a'.repeat(40) } } }],
  ['.', { cursor: { version: 1, kind: 'hg', heads: { 5: 'abc' } } }],
])('refuses %j with %j at the call', (folder, options) => {
  for (const open of [hgBatches, hgCommits]) {
    expect(() => open(folder, options as never)).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_OPTION' }));
  }
});
