import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { Cursor, Rewrite } from '../options.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import type { GitOptions } from './options.ts';

interface Read {
  readonly messages: readonly string[];
  readonly cursor: Cursor;
  readonly rewrites: readonly Rewrite[];
}

/** Reads to the end from a cursor, which goes through JSON as in a file. */
async function read(folder: string, cursor?: Cursor, options: GitOptions = {}): Promise<Read> {
  const messages: string[] = [];
  const rewrites: Rewrite[] = [];
  const cursors: Cursor[] = [];
  const batches = gitBatches(folder, {
    ...options,
    ...(cursor === undefined ? {} : { cursor: JSON.parse(JSON.stringify(cursor)) }),
    onCursor: (next) => cursors.push(next),
    onRewrite: (rewrite) => rewrites.push(rewrite),
  });
  for await (const batch of batches) {
    messages.push(...batch.map(({ message }) => message.trim()));
    expect(cursors).toEqual([]);
  }
  expect(cursors).toHaveLength(1);
  return { messages, cursor: cursors[0] as Cursor, rewrites };
}

describeWith(needsGit, 'the cursor of gitBatches', () => {
  test('names each branch with its commit, and comes after the last batch', async () => {
    const repository = new GitRepository();
    const one = repository.commit('one');
    repository.git('branch', 'a/b');
    const { cursor, messages } = await read(repository.folder);
    expect(messages).toEqual(['one']);
    expect(cursor).toEqual({ version: 1, kind: 'git', heads: { 'refs/heads/a/b': one, 'refs/heads/main': one } });
  });

  test('only what was added since is read: nothing, commits, a branch, a merge', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const first = await read(repository.folder);
    const second = await read(repository.folder, first.cursor);
    expect([second.messages, second.cursor]).toEqual([[], first.cursor]);
    repository.commit('two');
    repository.git('checkout', '-q', '-b', 'topic');
    repository.commit('three');
    const third = await read(repository.folder, second.cursor);
    expect(third.messages).toEqual(['two', 'three']);
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    repository.git('branch', '-q', '-d', 'topic');
    const fourth = await read(repository.folder, third.cursor);
    expect([fourth.messages, fourth.rewrites]).toEqual([['merge'], []]);
  });

  test('an empty repository is read to a cursor from which its first commit is new', async () => {
    const repository = new GitRepository();
    const first = await read(repository.folder);
    expect([first.messages, first.cursor.heads]).toEqual([[], {}]);
    repository.commit('one');
    expect((await read(repository.folder, first.cursor)).messages).toEqual(['one']);
  });

  test('an amend gives the new commit, and is told as a rewrite', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const from = repository.commit('two');
    const { cursor } = await read(repository.folder);
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'two, amended');
    const to = repository.git('rev-parse', 'HEAD');
    const next = await read(repository.folder, cursor);
    expect(next.messages).toEqual(['two, amended']);
    expect(next.rewrites).toEqual([{ ref: 'refs/heads/main', from, to }]);
  });

  test('a branch that was set back is a rewrite without commits', async () => {
    const repository = new GitRepository();
    const to = repository.commit('one');
    const from = repository.commit('two');
    const { cursor } = await read(repository.folder);
    repository.git('reset', '-q', '--hard', to);
    const next = await read(repository.folder, cursor);
    expect([next.messages, next.rewrites]).toEqual([[], [{ ref: 'refs/heads/main', from, to }]]);
  });

  test('when an old tip has been pruned, what the other tips reach does not come again', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    repository.commit('two');
    repository.git('branch', 'stable');
    const from = repository.commit('three');
    const { cursor } = await read(repository.folder);
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'three, amended');
    const to = repository.git('rev-parse', 'HEAD');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('gc', '-q', '--prune=now');
    expect(() => repository.git('cat-file', '-e', from)).toThrow();
    const next = await read(repository.folder, cursor);
    expect(next.messages).toEqual(['three, amended']);
    expect(next.rewrites).toEqual([{ ref: 'refs/heads/main', from, to }]);
  });

  test('with no old tip left everything comes again, each once', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const heads = { 'refs/heads/main': '1'.repeat(40), 'refs/heads/gone': '2'.repeat(40) };
    expect((await read(repository.folder, { version: 1, kind: 'git', heads })).messages).toEqual(['one']);
  });

  test('revisions have cursors of their own', async () => {
    const repository = new GitRepository();
    const one = repository.commit('one');
    repository.git('tag', 'v1');
    const two = repository.commit('two');
    const options = { revisions: ['v1..main', 'v1'] };
    const first = await read(repository.folder, undefined, { revisions: ['v1..main'] });
    expect([first.messages, first.cursor.heads]).toEqual([['two'], { 'v1..main': two }]);
    repository.commit('three');
    expect((await read(repository.folder, first.cursor, { revisions: ['v1..main'] })).messages).toEqual(['three']);
    expect((await read(repository.folder, undefined, options)).cursor.heads).toMatchObject({ v1: one });
  });

  test('a branch with the name of a property of objects is a branch', async () => {
    const repository = new GitRepository();
    const one = repository.commit('one');
    repository.git('branch', '__proto__');
    const { cursor } = await read(repository.folder, undefined, { revisions: ['__proto__'] });
    expect(JSON.stringify(cursor.heads)).toBe(`{"__proto__":"${one}"}`);
    expect((await read(repository.folder, cursor, { revisions: ['__proto__'] })).messages).toEqual([]);
  });

  test('a consumer that leaves early is given no cursor', async () => {
    const repository = new GitRepository();
    repository.commit('one');
    const onCursor = (): void => {
      throw new Error('given');
    };
    for await (const batch of gitBatches(repository.folder, { onCursor })) {
      expect(batch).toHaveLength(1);
      break;
    }
  });
});
