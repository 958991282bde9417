import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import type { Commit } from './commit.ts';
import { gitBatches } from './git/git-batches.ts';
import { gitCommits } from './git-source.ts';
import { metricNames } from './metrics.ts';
import { commitsOf } from './testing/commits-of.ts';
import { GitRepository, needsGit } from './testing/git-repository.ts';
import { type RawCommit, rawCommits } from './testing/raw-commits.ts';

/** A repository with everything in it that a reader of histories has stumbled over. */
function nastyRepository(): GitRepository {
  const repository = new GitRepository();
  const { folder } = repository;
  const root = repository.commit('root\n\nbody with é, 😀 and \x01\n', { a: 'a\n'.repeat(20), 'sub/ü\n\x01': 'x\n' });
  writeFileSync(path.join(folder, 'binary'), Buffer.from([0, 1, 2, 255]));
  symlinkSync('a', path.join(folder, 'link'));
  repository.commit('');
  repository.git('mv', 'a', 'renamed');
  repository.commit('rename');
  for (const topic of ['x', 'y', 'z']) {
    repository.git('checkout', '-q', '-b', topic, root);
    repository.commit(`on ${topic}`, { [topic]: topic });
  }
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '-m', 'octopus', 'x', 'y', 'z');
  repository.git('branch', '-q', '-D', 'x', 'y', 'z');
  repository.git('checkout', '-q', '--orphan', 'other/root');
  repository.commit('another root');
  const [tree, parent] = [repository.git('rev-parse', 'HEAD^{tree}'), repository.git('rev-parse', 'HEAD')];
  const person = 'Ada Abe <ada@example.org>';
  const object = (author: string, committer: string, rest: Buffer | string): string =>
    repository.object(
      Buffer.concat([
        Buffer.from(`tree ${tree}\nparent ${parent}\nauthor ${author}\ncommitter ${committer}\n`, 'latin1'),
        Buffer.from(rest),
      ]),
    );
  const tips = [
    object(`${person} 1300000000 +051800`, `${person} 1300000000 +0000`, '\nsix digits in the zone\n'),
    object(`${person} -86400 +0100`, `${person} -1 -0330`, '\nbefore 1970'),
    object(`${person} 0 +0000`, `${person} 1275000000 +0000`, '\nthe epoch itself\n'),
    object(`Trailing Space  <t@example.org> 1300000000 +0100`, `${person} 1 -0000`, '\n\n\n  leading breaks  \n\n'),
    object(
      `Ren\xe9 <r@example.org> 1300000000 +0100`,
      `${person} 1 +0000`,
      Buffer.from('encoding iso-8859-1\n\nd\xe9j\xe0 vu\n', 'latin1'),
    ),
    object(
      `${person} 1300000000 +0100`,
      `${person} 1 +0000`,
      'gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\nsigned\n',
    ),
    object(
      `${person} 1300000000 +0100`,
      `${person} 1 +0000`,
      `mergetag object ${parent}\n type commit\n tag v1\n tagger T <t> 1 +0000\n \n tagged\n\nmerges a tag\n`,
    ),
    object(`${person} 1300000000 +0100`, `${person} 1 +0000`, Buffer.from('\nnot UTF-8: \xff\xfe \xe9\n', 'latin1')),
    object(`${person} 1300000000 +0100`, `${person} 1 +0000`, `\n${'long '.repeat(60_000)}`),
  ];
  tips.forEach((id, at) => void repository.git('update-ref', `refs/heads/odd-${at}`, id));
  return repository;
}

/** What the stored object says, in the reader's terms. */
function expectedOf({ id, parents, author, committer, message }: RawCommit): unknown {
  const signature = ({ name, email, seconds, zone }: RawCommit['author']): unknown => {
    const minutes = Number(zone.slice(0, 3)) * 60 + Number(zone[0] + zone.slice(3));
    const isPlain = zone.length === 5;
    const rest = isPlain ? { tzMinutes: minutes + 0 } : { rawDate: `${seconds} ${zone}` };
    return { name, email, timeMs: seconds * 1000, ...rest };
  };
  return { id, parents, author: signature(author), committer: signature(committer), message };
}

const fieldsOf = ({ id, parents, author, committer, message }: Commit): unknown => ({
  id,
  parents,
  author,
  committer,
  message,
});

describeWith(needsGit, 'gitBatches', () => {
  let repository: GitRepository;
  beforeAll(() => {
    repository = nastyRepository();
  });

  test.each([
    ['plain', {}],
    ['with files', { files: true }],
    ['with lines', { lines: true }],
    ['newest first', { order: 'newest-first' }],
    ['by path, all the same', { paths: ['/'] }],
  ] as const)('every field is that of the stored object: %s', async (_, options) => {
    const stored = rawCommits(repository.folder);
    const commits = await commitsOf(gitBatches(repository.folder, options));
    const byId = new Map(commits.map((commit) => [commit.id, fieldsOf(commit)]));
    expect(byId.size).toBe(commits.length);
    if (!('paths' in options)) expect([...byId.keys()].sort()).toEqual([...stored.keys()].sort());
    expect(commits.length).toBeGreaterThan(5);
    for (const [id, fields] of byId) expect(fields).toEqual(expectedOf(stored.get(id) as RawCommit));
  });

  test('a corrupt zone and bytes that are not UTF-8 are reported, each once', async () => {
    const rejects = ringRejects(99);
    const metrics = new CounterMetrics();
    const commits = await commitsOf(gitBatches(repository.folder, { rejects, metrics }));
    expect(rejects.last.map(({ code, path: place }) => [code, place]).sort()).toEqual([
      ['ERR_VCS_EVENTS_DATE', repository.folder],
      ['ERR_VCS_EVENTS_TEXT', repository.folder],
    ]);
    expect(metrics.get(metricNames.rejects)).toBe(2);
    expect(metrics.get(metricNames.emitted)).toBe(commits.length);
    expect(metrics.get(metricNames.bytes)).toBeGreaterThan(300_000);
  });

  test('files: what happened to each path', async () => {
    const commits = await commitsOf(gitBatches(repository.folder, { files: true }));
    const filesOf = (start: string): unknown => commits.find(({ message }) => message.startsWith(start))?.files;
    expect(filesOf('root')).toEqual([
      { path: 'a', action: 'added' },
      { path: 'sub/ü\n\x01', action: 'added' },
    ]);
    expect(filesOf('rename')).toEqual([{ path: 'renamed', action: 'renamed', from: 'a' }]);
    expect(filesOf('octopus')).toEqual([]);
  });

  test('lines: how many of each path, none of a binary one', async () => {
    const commits = await commitsOf(gitBatches(repository.folder, { lines: true }));
    const filesOf = (start: string): unknown => commits.find(({ message }) => message.startsWith(start))?.files;
    expect(filesOf('root')).toEqual([
      { path: 'a', added: 20, deleted: 0 },
      { path: 'sub/ü\n\x01', added: 1, deleted: 0 },
    ]);
    expect(commits.find(({ message }) => message === '')?.files).toEqual([
      { path: 'binary', added: null, deleted: null },
      { path: 'link', added: 1, deleted: 0 },
    ]);
  });

  test('orders are the reverse of each other, parents before children or after', async () => {
    const oldest = (await commitsOf(gitBatches(repository.folder, { branch: 'main' }))).map(({ id }) => id);
    const newest = (await commitsOf(gitBatches(repository.folder, { branch: 'main', order: 'newest-first' }))).map(
      ({ id }) => id,
    );
    expect(oldest).toEqual(newest.toReversed());
    expect(oldest.at(-1)).toBe(repository.git('rev-parse', 'main'));
  });

  test('a folder of the work tree, the .git folder and a bare clone give the same', async () => {
    const bare = new GitRepository(['--bare']);
    bare.git('fetch', '-q', repository.folder, '+refs/heads/*:refs/heads/*');
    const whole = (await commitsOf(gitBatches(repository.folder))).map(fieldsOf);
    repository.write('sub/x', '');
    for (const place of [path.join(repository.folder, 'sub'), path.join(repository.folder, '.git'), bare.folder]) {
      expect((await commitsOf(gitBatches(place))).map(fieldsOf)).toEqual(whole);
    }
  });

  test('commits know their repository, by one object', async () => {
    const commits = await commitsOf(gitBatches(repository.folder));
    expect(commits[0]?.repository).toEqual({ kind: 'git', id: 'git', label: 'repository' });
    expect(new Set(commits.map((commit) => commit.repository)).size).toBe(1);
    const [labelled] = await commitsOf(gitBatches(repository.folder, { label: 'mine' }));
    expect(labelled?.repository.label).toBe('mine');
  });

  test('as an Observable: the same commits; a consumer that has enough ends it', async () => {
    const commits = await lastValueFrom(gitCommits(repository.folder).pipe(toArray()));
    expect(commits).toEqual(await commitsOf(gitBatches(repository.folder)));
    expect(await lastValueFrom(gitCommits(repository.folder).pipe(take(3), toArray()))).toEqual(commits.slice(0, 3));
  });

  test('one iterable can be iterated again', async () => {
    const batches = gitBatches(repository.folder);
    expect(await commitsOf(batches)).toEqual(await commitsOf(batches));
  });

  test('a git that runs us, as a hook does, does not turn us to its own repository', async () => {
    const whole = await commitsOf(gitBatches(repository.folder));
    process.env['GIT_DIR'] = new GitRepository().folder;
    process.env['GIT_LITERAL_PATHSPECS'] = '1';
    try {
      expect(await commitsOf(gitBatches(repository.folder))).toEqual(whole);
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['GIT_LITERAL_PATHSPECS'];
    }
  });

  test('progress ends with all that was read, of all that there are', async () => {
    const told: unknown[] = [];
    const commits = await commitsOf(gitBatches(repository.folder, { onProgress: (progress) => told.push(progress) }));
    expect(told.at(-1)).toEqual({ commits: commits.length, total: commits.length, phase: 'read' });
  });
});
