import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { gitCommits } from '../git-source.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import type { GitOptions } from './options.ts';

describeWith(needsGit, 'what gitBatches selects', () => {
  const repository = new GitRepository();
  const messagesOf = async (options: GitOptions): Promise<string[]> =>
    (await commitsOf(gitBatches(repository.folder, options))).map(({ message }) => message.trim());

  beforeAll(() => {
    repository.commit('one', { 'src/a.c': '1' });
    repository.git('tag', '-a', '-m', 'tagged', 'v1');
    repository.commit('two', { 'lib/*.c': '2', 'lib/b.c': '2' });
    repository.git('checkout', '-q', '-b', 'topic/x');
    repository.commit('side', { 'src/a.c': 'side' });
    repository.commit('back', { 'src/a.c': '1' });
    repository.git('checkout', '-q', 'main');
    repository.commit('three', { 'src/n/c.c': '3', 'lib/b.c': '3' });
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic/x');
    repository.git('checkout', '-q', '-b', 'unmerged');
    repository.git(
      '-c',
      'user.name=x',
      'commit',
      '-q',
      '--allow-empty',
      '--author=Eve <eve@example.org>',
      '-m',
      'by Eve',
    );
    repository.git('checkout', '-q', 'main');
  });

  test.each<[string, GitOptions, readonly string[]]>([
    ['all branches', {}, ['one', 'two', 'side', 'back', 'three', 'merge', 'by Eve']],
    ['one branch', { branch: 'topic/x' }, ['one', 'two', 'side', 'back']],
    ['a branch by its whole name', { branch: 'refs/heads/main' }, ['one', 'two', 'side', 'back', 'three', 'merge']],
    ['a tag', { revisions: ['v1'] }, ['one']],
    ['a range', { revisions: ['v1..topic/x'] }, ['two', 'side', 'back']],
    ['both sides of a fork', { revisions: ['main~1...topic/x'] }, ['side', 'back', 'three']],
    ['what is not on a branch', { revisions: ['unmerged', '^main'] }, ['by Eve']],
    ['a path, also of a side branch that came to nothing', { paths: ['src'] }, ['one', 'side', 'back', 'three']],
    ['a path with slashes around', { paths: ['/src/n/'] }, ['three']],
    ['a path that looks like a pattern', { paths: ['lib/*.c'] }, ['two']],
    ['two paths', { paths: ['src/n', 'lib'] }, ['two', 'three']],
    ['a path that never was', { paths: ['src/'.repeat(3)] }, []],
    ['an author', { authors: ['eve'] }, ['by Eve']],
    ['an author by pattern and a path', { authors: ['ada*'], paths: ['src/n'] }, ['three']],
    ['nobody', { authors: [] }, []],
  ])('%s', async (_, options, messages) => {
    expect(await messagesOf(options)).toEqual(messages);
  });

  test('a time by author date, whatever the order of commits', async () => {
    const all = await commitsOf(gitBatches(repository.folder));
    const [fromMs, untilMs] = [all[2]?.author.timeMs ?? 0, all[4]?.author.timeMs ?? 0];
    expect(await messagesOf({ fromMs, untilMs })).toEqual(['side', 'back']);
  });

  test('a commit that was selected by path has all its paths and its real parents', async () => {
    const all = await commitsOf(gitBatches(repository.folder, { files: true }));
    const some = await commitsOf(gitBatches(repository.folder, { files: true, paths: ['src'] }));
    for (const commit of some) expect(commit).toEqual(all.find(({ id }) => id === commit.id));
    expect(some.find(({ message }) => message.startsWith('three'))?.files).toHaveLength(2);
  });

  test('commits of one branch say so', async () => {
    const [first] = await commitsOf(gitBatches(repository.folder, { branch: 'topic/x' }));
    expect(first?.branch).toBe('topic/x');
    const [any] = await commitsOf(gitBatches(repository.folder));
    expect(any).not.toHaveProperty('branch');
  });

  test('a detached HEAD is read too', async () => {
    const other = new GitRepository();
    other.commit('one');
    other.git('checkout', '-q', '--detach');
    other.commit('off branch');
    const commits = await commitsOf(gitBatches(other.folder));
    expect(commits.map(({ message }) => message.trim())).toEqual(['one', 'off branch']);
  });

  test.each<[string, GitOptions]>([
    ['an unknown branch', { branch: 'nope' }],
    ['the beginning of a branch', { branch: 'topic' }],
    ['an unknown revision', { revisions: ['main', 'nope'] }],
    ['a revision that is a file', { revisions: ['main:src/a.c'] }],
    ['a revision that goes too far back', { revisions: ['main~99'] }],
  ])('%s is an error that says which', async (_, options) => {
    const name = options.branch ?? options.revisions?.at(-1);
    await expect(messagesOf(options)).rejects.toMatchObject({
      code: 'ERR_VCS_EVENTS_REVISION',
      message: expect.stringContaining(JSON.stringify(name)),
    });
  });

  test.each<[GitOptions, string]>([
    [{ revisions: ['--output=x'] }, 'revisions must be a revision, which begins with no dash, not "--output=x"'],
    [{ revisions: ['a\n--all'] }, 'revisions must be a revision'],
    [{ branch: '-x' }, 'branch must be a revision'],
    [{ branch: '*' }, 'branch must be the name of one branch, not "*"'],
    [{ branch: 'a', revisions: ['b'] }, 'branch must be absent where revisions are given, not "a"'],
    [{ paths: ['../x'] }, 'paths must be paths without \'..\', not "../x"'],
    [{ paths: [''] }, 'paths must be a non-empty text without NUL, not ""'],
    [{ fromMs: Number.NaN }, 'fromMs must be milliseconds since the epoch, not NaN'],
    [{ pollMs: 0 }, 'pollMs must be an integer from 10 to 86400000, not 0'],
    [{ maxCommitBytes: -1 }, 'maxCommitBytes must be an integer'],
    [{ follow: true, order: 'newest-first' }, "order must be 'oldest-first' when following"],
    [{ order: 'random' as 'newest-first' }, "order must be 'oldest-first' or 'newest-first', not \"random\""],
    [{ authors: [''] }, 'authors must be a list of non-empty texts or functions, not ""'],
    [{ cursor: { version: 1, kind: 'svn', heads: {} } }, 'cursor.kind must be \'git\', not "svn"'],
    [{ cursor: { version: 2 as 1, kind: 'git', heads: {} } }, 'cursor.version must be 1, not 2'],
    [{ cursor: { version: 1, kind: 'git', heads: { a: '--all' } } }, 'cursor.heads["a"] must be an id, not "--all"'],
  ])('an option that cannot be is refused at the call: %j', (options, message) => {
    const refusal = expect.objectContaining({
      code: 'ERR_VCS_EVENTS_OPTION',
      message: expect.stringContaining(message),
    });
    expect(() => gitBatches('.', options)).toThrow(refusal);
    expect(() => gitCommits('.', options)).toThrow(refusal);
  });
});
