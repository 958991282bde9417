import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { CounterMetrics, type Reject, ringRejects } from '@sluice/pipeline';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../tools/testing/new-folder.ts';
import type { Commit } from './commit.ts';
import { metricNames } from './metrics.ts';
import type { Cursor, Progress } from './options.ts';
import type { SvnLogEntry } from './svn/log-entry.ts';
import { svnBatches } from './svn/svn-batches.ts';
import { svnLogEntries } from './svn/svn-log-entries.ts';
import { svnCommits } from './svn-source.ts';
import { commitsOf } from './testing/commits-of.ts';
import type { DumpRevision } from './testing/svn-dump.ts';
import { needsSvn, SvnRepository, uuid } from './testing/svn-repository.ts';

const day = (number: number): string => `2020-01-${String(number).padStart(2, '0')}T03:04:05.678901Z`;
const folder = (name: string) => ({ path: name, action: 'add', kind: 'dir' }) as const;

/** A history in which something of everything happens, one revision a day. */
const history: readonly DumpRevision[] = [
  { author: 'ada', date: day(1), message: 'layout', nodes: ['trunk', 'branches', 'tags'].map(folder) },
  { author: 'bo', date: day(2), message: 'first\n\nbody é 日本語\n', nodes: [{ path: 'trunk/a', action: 'add' }] },
  { author: 'ada', date: day(3), message: '', nodes: [{ path: 'trunk/b@c %41 <é>', action: 'add' }] },
  {
    author: 'ada',
    date: day(4),
    message: 'branch',
    nodes: [{ path: 'branches/1.x', action: 'add', kind: 'dir', from: { path: 'trunk', revision: 3 } }],
  },
  { author: 'Bo', date: day(5), message: 'on the branch', nodes: [{ path: 'branches/1.x/a', action: 'change' }] },
  { date: day(6), message: 'nobody', nodes: [{ path: 'trunk/a', action: 'delete' }] },
  { author: 'cy', message: 'no date', nodes: [{ path: 'trunk/a', action: 'add' }] },
  {
    author: 'ada',
    date: day(8),
    nodes: [
      { path: 'trunk/a', action: 'change' },
      { path: 'branches/1.x/a', action: 'change' },
    ],
  },
];

const ids = (commits: readonly Commit[]): string => commits.map(({ id }) => id).join(' ');

describeWith(needsSvn, 'svnBatches', () => {
  let repository: SvnRepository;
  beforeAll(() => {
    repository = new SvnRepository(history, 'my project');
  });

  test('reads every revision with its author, date and message', async () => {
    const commits = await commitsOf(svnBatches(repository.url));
    expect(ids(commits)).toBe('1 2 3 4 5 6 7 8');
    expect(commits[1]).toEqual({
      repository: { kind: 'svn', id: uuid, label: 'my project', url: repository.url },
      id: '2',
      parents: [],
      author: { name: 'bo', email: '', timeMs: Date.UTC(2020, 0, 2, 3, 4, 5, 678) },
      committer: { name: 'bo', email: '', timeMs: Date.UTC(2020, 0, 2, 3, 4, 5, 678) },
      message: 'first\n\nbody é 日本語\n',
    });
    expect(commits[5]?.author).toEqual({ name: '', email: '', timeMs: Date.UTC(2020, 0, 6, 3, 4, 5, 678) });
    expect(commits[6]?.author).toEqual({ name: 'cy', email: '' });
    expect(commits[7]?.message).toBe('');
    expect(new Set(commits.map((commit) => commit.repository)).size).toBe(1);
  });

  test('reads paths and branches when asked to', async () => {
    const commits = await commitsOf(svnBatches(repository.folder, { files: true }));
    expect(commits.map(({ branch }) => branch)).toEqual([
      undefined,
      'trunk',
      'trunk',
      'branches/1.x',
      'branches/1.x',
      'trunk',
      'trunk',
      undefined,
    ]);
    expect(commits[2]?.files).toEqual([{ path: '/trunk/b@c %41 <é>', action: 'added' }]);
    expect(commits[3]?.files).toEqual([{ path: '/branches/1.x', action: 'copied', from: '/trunk', fromRevision: '3' }]);
    expect(commits[5]?.files).toEqual([{ path: '/trunk/a', action: 'deleted' }]);
  });

  test('gives the same commits with fast-xml-parser', async () => {
    const options = { files: true, mergeHistory: true };
    const expected = await commitsOf(svnBatches(repository.url, options));
    expect(await commitsOf(svnBatches(repository.url, { ...options, parser: 'fast-xml-parser' }))).toEqual(expected);
  });

  test('reads newest first', async () => {
    expect(ids(await commitsOf(svnBatches(repository.url, { order: 'newest-first' })))).toBe('8 7 6 5 4 3 2 1');
  });

  test.each([
    [{ range: [3, 5] as const }, '3 4 5'],
    [{ range: [6, 'HEAD'] as const }, '6 7 8'],
    [{ range: [3, 5] as const, order: 'newest-first' as const }, '5 4 3'],
    [{ authors: ['BO'] }, '2 5'],
    [{ authors: ['c?', 'b*'] }, '2 5 7'],
    [{ fromMs: Date.UTC(2020, 0, 3), untilMs: Date.UTC(2020, 0, 6) }, '3 4 5'],
    [{ paths: ['trunk/a'] }, '2 6 7 8'],
    [{ paths: ['/branches/'] }, '1 4 5 8'],
    [{ paths: ['trunk/b@c %41 <é>', 'tags'] }, '1 3'],
    [{ cursor: { version: 1, kind: 'svn', heads: { HEAD: '6' } } as const }, '7 8'],
    [{ cursor: { version: 1, kind: 'svn', heads: { HEAD: '8' } } as const }, ''],
    [{ cursor: { version: 1, kind: 'svn', heads: { HEAD: '6' } } as const, recheckRevisions: 2 }, '5 6 7 8'],
  ])('with %j reads %s', async (options, expected) => {
    expect(ids(await commitsOf(svnBatches(repository.url, options)))).toBe(expected);
  });

  test('tells no paths that it read only to select by them', async () => {
    const [commit] = await commitsOf(svnBatches(repository.url, { paths: ['tags'] }));
    expect(commit).not.toHaveProperty('files');
  });

  test('reads a part of a repository, with branches from where they are', async () => {
    const commits = await commitsOf(svnBatches(`${repository.url}/branches/1.x/`, { files: true, range: [5, 'HEAD'] }));
    expect(ids(commits)).toBe('5 8');
    expect(commits[0]?.branch).toBe('branches/1.x');
    expect(commits[0]?.repository.label).toBe('1.x');
  });

  test('reads a path with an @ in it', async () => {
    const url = `${repository.url}/trunk/b@c%20%2541%20%3C%C3%A9%3E`;
    expect(ids(await commitsOf(svnBatches(url)))).toBe('3');
  });

  test('reads what a working copy was checked out from, wherever it lies', async () => {
    const copy = path.join(newFolder(), 'é @5 -x');
    repository.svn('checkout', '-q', '-r', '3', '--', `${repository.url}/trunk@`, copy);
    const commits = await commitsOf(svnBatches(copy));
    expect(ids(commits)).toBe('1 2 3 6 7 8');
    expect(commits[0]?.repository.label).toBe('é @5 -x');
  });

  test('reads a repository in a folder whose name has to be encoded', async () => {
    const nasty = new SvnRepository(history.slice(0, 2), 'é 100% #1 @2');
    expect(ids(await commitsOf(svnBatches(nasty.folder)))).toBe('1 2');
  });

  test('tells the cursor from which another run goes on', async () => {
    const own = new SvnRepository(history.slice(0, 2));
    let cursor: Cursor | undefined;
    const onCursor = (next: Cursor): void => {
      cursor = JSON.parse(JSON.stringify(next));
    };
    await commitsOf(svnBatches(own.url, { onCursor }));
    expect(cursor).toEqual({ version: 1, kind: 'svn', heads: { HEAD: '2' } });
    expect(await commitsOf(svnBatches(own.url, { ...(cursor === undefined ? {} : { cursor }), onCursor }))).toEqual([]);
    own.makeFolder('new');
    expect(ids(await commitsOf(svnBatches(own.url, { ...(cursor === undefined ? {} : { cursor }), onCursor })))).toBe(
      '3',
    );
    expect(cursor?.heads['HEAD']).toBe('3');
  });

  test('refuses a cursor that is ahead of the repository', async () => {
    const cursor: Cursor = { version: 1, kind: 'svn', heads: { HEAD: '9' } };
    await expect(commitsOf(svnBatches(repository.url, { cursor }))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_REVISION',
      message: expect.stringContaining('has no revision 9'),
    });
  });

  test('completes an empty repository with nothing', async () => {
    const cursors: Cursor[] = [];
    const empty = new SvnRepository();
    expect(await commitsOf(svnBatches(empty.url, { onCursor: (cursor) => cursors.push(cursor) }))).toEqual([]);
    expect(cursors.map(({ heads }) => heads)).toEqual([{ HEAD: '0' }]);
  });

  test('counts, and tells how far it is', async () => {
    const metrics = new CounterMetrics();
    const told: Progress[] = [];
    const options = { metrics, authors: ['ada'], onProgress: (progress: Progress) => told.push(progress) };
    await commitsOf(svnBatches(repository.url, options));
    expect(metrics.snapshot()).toMatchObject({
      [metricNames.read]: 8,
      [metricNames.emitted]: 4,
      [metricNames.filtered]: 4,
      [metricNames.bytes]: repository.log().length,
    });
    expect(told.at(-1)).toEqual({ commits: 8, total: 8, phase: 'read' });
  });

  test('nests the revisions that a revision merged', async () => {
    const own = new SvnRepository(history.slice(0, 5));
    const copy = path.join(newFolder(), 'copy');
    own.svn('checkout', '-q', '--', `${own.url}/trunk`, copy);
    own.svn('merge', '-q', '^/branches/1.x', copy);
    own.svn('commit', '-q', '-m', 'merges', copy);
    const commits = await commitsOf(svnBatches(`${own.url}/trunk`, { mergeHistory: true, files: true }));
    expect(ids(commits)).toBe('1 2 3 6');
    expect(commits[3]?.merged?.map(({ id, message, branch }) => [id, message, branch])).toEqual([
      ['5', 'on the branch', 'branches/1.x'],
      ['4', 'branch', 'branches/1.x'],
    ]);
  });

  test('emits a revision whose date cannot be read, and reports it', async () => {
    const rejects = ringRejects(10);
    const own = new SvnRepository([{ author: 'ada', date: 'garbage date', message: 'x', nodes: [folder('trunk')] }]);
    const cursors: Cursor[] = [];
    const onCursor = (cursor: Cursor): void => void cursors.push(cursor);
    const [commit] = await commitsOf(svnBatches(own.url, { rejects, onCursor }));
    expect(commit?.author).toEqual({ name: 'ada', email: '', rawDate: 'garbage date' });
    expect(commit?.repository.id).toBe(uuid);
    expect(rejects.last).toEqual<Reject[]>([
      expect.objectContaining({ component: 'vcs-events', code: 'ERR_VCS_EVENTS_DATE', path: own.url, value: '1' }),
    ]);
    expect(cursors.map(({ heads }) => heads)).toEqual([{ HEAD: '1' }]);
    const [part] = await commitsOf(svnBatches(`${own.url}/trunk`, { files: true }));
    expect([part?.repository.id, part?.branch]).toEqual([uuid, 'trunk']);
  });

  test('ends quietly on an abort, and when the iteration is left', async () => {
    const abort = new AbortController();
    const read: string[] = [];
    for await (const batch of svnBatches(repository.url, { follow: true, pollMs: 10_000, signal: abort.signal })) {
      read.push(ids(batch));
      abort.abort();
    }
    expect(read).toHaveLength(1);
    for await (const _ of svnBatches(repository.url, { follow: true })) break;
  });

  test('is a cold Observable', async () => {
    const commits = svnCommits(repository.url);
    expect(ids(await lastValueFrom(commits.pipe(toArray())))).toBe('1 2 3 4 5 6 7 8');
    expect(ids(await lastValueFrom(commits.pipe(take(2), toArray())))).toBe('1 2');
  });

  test('reads a saved log', async () => {
    const log = repository.log('-v');
    const chunks = Readable.from([log.subarray(0, 700), log.subarray(700)]);
    const entries: SvnLogEntry[] = [];
    for await (const batch of svnLogEntries(chunks)) entries.push(...batch);
    expect(entries.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(entries[5]?.paths).toEqual([{ path: '/trunk/a', action: 'D', kind: 'file' }]);
  });

  test('does not take a folder in a repository for one', async () => {
    mkdirSync(path.join(repository.folder, 'x'));
    await expect(commitsOf(svnBatches(path.join(repository.folder, 'x')))).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_NO_REPOSITORY',
    });
  });
});

test.each([
  ['', {}],
  ['-r1', {}],
  ['svn+evil://example.org/x', {}],
  ['https://me:secret@example.org/x', {}],
  ['.', { range: [5, 3] }],
  ['.', { range: [-1, 'HEAD'] }],
  ['.', { range: [0, 5], follow: true }],
  ['.', { recheckRevisions: -1 }],
  ['.', { parser: 'sax' }],
  ['.', { maxCommitBytes: 0 }],
  ['.', { order: 'newest-first', follow: true }],
  ['.', { cursor: { version: 1, kind: 'git', heads: {} } }],
  ['.', { cursor: { version: 1, kind: 'svn', heads: { HEAD: 'abc' } } }],
])('refuses %j with %j at the call', (url, options) => {
  for (const open of [svnBatches, svnCommits]) {
    expect(() => open(url, options as never)).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_OPTION' }));
  }
});
