import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { hgCommits } from '../hg-source.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { HgRepository, needsHg } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';
import type { HgOptions } from './options.ts';

describeWith(needsHg, 'what hgBatches selects', () => {
  let repository: HgRepository;
  const messagesOf = async (options: HgOptions): Promise<string[]> =>
    (await commitsOf(hgBatches(repository.folder, options))).map(({ message }) => message);

  beforeAll(() => {
    repository = new HgRepository();
    const commit = (message: string, files: Readonly<Record<string, string>>, minute: number, ...args: string[]) =>
      repository.commit(message, { files, date: `${1_600_000_000 + 60 * minute} -7200`, args });
    commit('one', { 'src/a.c': '1' }, 1);
    commit('two', { 'lib/*.c': '2', 'lib/b.c': '2', 'path:src': '2', 'set:all()': '2' }, 2);
    repository.hg('branch', '-q', 'topic/x');
    commit('side', { 'src/a.c': 'side' }, 3);
    repository.hg('update', '-q', 'default');
    commit('by Eve', { 'src/n/c.c': '3', 'lib/b.c': '3' }, 4, '-u', 'Eve <eve@example.org>');
    repository.hg('merge', '-q', 'topic/x');
    commit('merge', {}, 5);
    repository.hg('rm', 'src/a.c');
    commit('gone', {}, 6, '--secret');
  });

  test.each<[string, HgOptions, readonly string[]]>([
    ['all branches, secret changesets too', {}, ['one', 'two', 'side', 'by Eve', 'merge', 'gone']],
    ['newest first', { order: 'newest-first' }, ['gone', 'merge', 'by Eve', 'side', 'two', 'one']],
    ['a path, also where it was removed', { paths: ['src/a.c'] }, ['one', 'side', 'gone']],
    ['a folder with slashes around', { paths: ['/src/n/'] }, ['by Eve']],
    ['a path that looks like a pattern', { paths: ['lib/*.c'] }, ['two']],
    ['a path that looks like a kind of pattern', { paths: ['path:src'] }, ['two']],
    ['a path that looks like a set', { paths: ['set:all()'] }, ['two']],
    ['a path that looks like an option', { paths: ['--config=x'] }, []],
    ['an author', { authors: ['eve'] }, ['by Eve']],
    ['an author by pattern and a path', { authors: ['*@example.org'], paths: ['src/n'] }, ['by Eve']],
    ['nobody', { authors: [] }, []],
  ])('%s', async (_, options, messages) => {
    expect(await messagesOf(options)).toEqual(messages);
  });

  test('a time by date', async () => {
    const all = await commitsOf(hgBatches(repository.folder));
    const [fromMs, untilMs] = [all[2]?.author.timeMs ?? 0, all[4]?.author.timeMs ?? 0];
    expect(await messagesOf({ fromMs, untilMs })).toEqual(['side', 'by Eve']);
  });

  test('files come when they are asked for, and not when they are only selected by', async () => {
    const [bare] = await commitsOf(hgBatches(repository.folder, { paths: ['src/n'] }));
    expect(bare).not.toHaveProperty('files');
    const [full] = await commitsOf(hgBatches(repository.folder, { paths: ['src/n'], files: true }));
    expect(full).toEqual({ ...bare, files: [{ path: 'lib/b.c' }, { path: 'src/n/c.c' }] });
  });

  test('changesets say of what branch they are, and merges have two parents', async () => {
    const commits = await commitsOf(hgBatches(repository.folder));
    expect(commits.map(({ branch }) => branch)).toEqual([
      'default',
      'default',
      'topic/x',
      'default',
      'default',
      'default',
    ]);
    expect(commits[4]?.parents).toEqual([commits[3]?.id, commits[2]?.id]);
  });

  test.each(['https://example.org/x', 'ssh://hg@example.org/x', 'file:///srv/x', 'HTTP://me:secret@example.org'])(
    '%s is refused: it is to be cloned first, and no password is told',
    (address) => {
      const refusal = expect.objectContaining({
        code: 'ERR_VCS_EVENTS_OPTION',
        message: expect.stringContaining('hg clone -U'),
      });
      expect(() => hgBatches(address)).toThrow(refusal);
      expect(() => hgCommits(address)).toThrow(refusal);
      expect(() => hgBatches(address)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('secret') }),
      );
    },
  );

  test.each<[HgOptions, string]>([
    [{ paths: [''] }, 'paths must be a non-empty text without NUL, not ""'],
    [{ cursor: { version: 1, kind: 'git', heads: {} } }, 'cursor.kind must be \'hg\', not "git"'],
    [{ cursor: { version: 1, kind: 'hg', heads: { default: 'abc' } } }, 'cursor.heads["default"] must be whole nodes'],
    [{ cursor: { version: 1, kind: 'hg', heads: { default: 'all()' } } }, 'cursor.heads["default"] must be an id'],
    [{ follow: true, order: 'newest-first' }, "order must be 'oldest-first' when following"],
  ])('an option that cannot be is refused at the call: %j', (options, message) => {
    const refusal = expect.objectContaining({
      code: 'ERR_VCS_EVENTS_OPTION',
      message: expect.stringContaining(message),
    });
    expect(() => hgBatches('.', options)).toThrow(refusal);
    expect(() => hgCommits('.', options)).toThrow(refusal);
  });
});
