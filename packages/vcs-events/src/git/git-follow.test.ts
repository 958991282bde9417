import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { gitCommits } from '../git-source.ts';
import { describeFollowing } from '../testing/describe-following.ts';
import { Follower } from '../testing/follower.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import type { GitOptions } from './options.ts';

describeFollowing({
  needs: needsGit,
  kind: 'git',
  make: () => new GitRepository(),
  commit: (repository: GitRepository, message) => repository.commit(message),
  burst: 50,
  isAt: (heads, id) => heads['refs/heads/main'] === id,
  headsAt: (id) => ({ 'refs/heads/main': id }),
  batches: gitBatches,
  commits: gitCommits,
});

describeWith(needsGit, 'gitBatches with follow', () => {
  let repository: GitRepository;
  let follower: Follower<GitOptions>;

  const start = async (options: GitOptions = {}, folder = repository.folder): Promise<void> => {
    follower = new Follower(gitBatches, folder, options);
    await follower.started();
  };
  const untilHead = (name: string, id: string | undefined): Promise<void> =>
    follower.until((heads) => heads[name] === id);
  /** Resolves when everything up to this commit of a branch has been delivered. */
  const until = (branch: string, id: string): Promise<void> => untilHead(`refs/heads/${branch}`, id);
  const untilGone = (branch: string): Promise<void> => untilHead(`refs/heads/${branch}`, undefined);

  beforeEach(() => {
    repository = new GitRepository();
  });
  afterEach(() => follower.stop());

  test('a new branch with slashes, commits on it, its folder removed and made again', async () => {
    repository.commit('one');
    await start();
    repository.git('checkout', '-q', '-b', 'feature/deep/x');
    await until('feature/deep/x', repository.commit('two'));
    await until('feature/deep/x', repository.commit('three'));
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-q', '-D', 'feature/deep/x');
    await untilGone('feature/deep/x');
    repository.git('checkout', '-q', '-b', 'feature/deep/x');
    await until('feature/deep/x', repository.commit('four'));
    expect(follower.messages).toEqual(['one', 'two', 'three', 'four']);
  });

  test('packed refs change nothing, and what comes after them comes', async () => {
    const one = repository.commit('one');
    repository.git('branch', 'a/b');
    await start();
    repository.git('pack-refs', '--all', '--prune');
    await until('main', repository.commit('two'));
    repository.git('pack-refs', '--all', '--prune');
    repository.git('branch', '-q', '-D', 'a/b');
    await untilGone('a/b');
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.cursors[0]?.heads['refs/heads/a/b']).toBe(one);
  });

  test('an amend is a rewrite and a commit; going back to the old one repeats nothing', async () => {
    repository.commit('one');
    const from = repository.commit('two');
    await start();
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'two, amended');
    const to = repository.git('rev-parse', 'HEAD');
    await until('main', to);
    repository.git('reset', '-q', '--hard', from);
    await until('main', from);
    await until('main', repository.commit('three'));
    expect(follower.messages).toEqual(['one', 'two', 'two, amended', 'three']);
    const ref = 'refs/heads/main';
    expect(follower.rewrites).toEqual([
      { ref, from, to },
      { ref, from: to, to: from },
    ]);
  });

  test('a forced push from another clone', async () => {
    const from = repository.commit('one');
    repository.git('config', 'receive.denyCurrentBranch', 'ignore');
    await start();
    const other = new GitRepository();
    const to = other.commit('unrelated');
    other.git('push', '-q', '--force', repository.folder, 'main');
    await until('main', to);
    expect(follower.messages).toEqual(['one', 'unrelated']);
    expect(follower.rewrites).toEqual([{ ref: 'refs/heads/main', from, to }]);
  });

  test('a branch renamed, and one deleted and brought back, repeat nothing', async () => {
    repository.commit('one');
    repository.git('checkout', '-q', '-b', 'a');
    const two = repository.commit('two');
    repository.git('checkout', '-q', 'main');
    await start();
    repository.git('branch', '-m', 'a', 'b');
    await until('b', two);
    repository.git('branch', '-D', 'b');
    await untilGone('b');
    repository.git('branch', 'c', two);
    await until('c', two);
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.rewrites).toEqual([]);
  });

  test('a linked work tree is followed at the branches of its repository', async () => {
    repository.commit('one');
    const linked = `${repository.folder}-linked`;
    repository.git('worktree', 'add', '-q', '-b', 'linked', linked);
    await start({}, linked);
    await until('main', repository.commit('two'));
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('one branch, when asked for; it may go and come back', async () => {
    repository.commit('one');
    repository.git('branch', 'mine');
    await start({ branch: 'mine' });
    repository.commit('elsewhere');
    repository.git('checkout', '-q', 'mine');
    const two = repository.commit('two');
    await until('mine', two);
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-q', '-D', 'mine');
    await untilGone('mine');
    repository.git('branch', 'mine', two);
    await until('mine', two);
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('a detached HEAD that goes on is followed', async () => {
    repository.commit('one');
    repository.git('checkout', '-q', '--detach');
    await start();
    repository.commit('two');
    await untilHead('HEAD', repository.git('rev-parse', 'HEAD'));
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.rewrites).toEqual([]);
  });

  test('what no watch tells of is found by looking', async () => {
    repository.commit('one');
    repository.git('tag', 'v1');
    await start({ revisions: ['v1'], pollMs: 50 });
    const two = repository.commit('two');
    repository.git('tag', '-f', 'v1');
    await untilHead('v1', two);
    expect(follower.messages).toEqual(['one', 'two']);
  });
});
