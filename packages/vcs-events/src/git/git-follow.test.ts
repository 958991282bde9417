import { CounterMetrics } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { gitCommits } from '../git-source.ts';
import { metricNames } from '../metrics.ts';
import type { Cursor, Rewrite } from '../options.ts';
import { GitRepository, needsGit } from '../testing/git-repository.ts';
import { gitBatches } from './git-batches.ts';
import type { GitOptions } from './options.ts';

/** So long that only watching can be what tells of a change. */
const never = 3_600_000;

/** Follows a repository in the background. */
class Follower {
  readonly messages: string[] = [];
  readonly rewrites: Rewrite[] = [];
  readonly cursors: Cursor[] = [];
  readonly #abort = new AbortController();
  readonly #ended: Promise<void>;
  #look: () => void = () => {};

  constructor(folder: string, options: GitOptions = {}) {
    this.#ended = this.#follow(folder, options);
    this.#ended.catch(() => {}).finally(() => this.#look());
  }

  async #follow(folder: string, options: GitOptions): Promise<void> {
    const batches = gitBatches(folder, {
      follow: true,
      pollMs: never,
      ...options,
      signal: this.#abort.signal,
      onRewrite: (rewrite) => this.rewrites.push(rewrite),
      onCursor: (cursor) => {
        this.cursors.push(cursor);
        this.#look();
      },
    });
    for await (const batch of batches) this.messages.push(...batch.map(({ message }) => message.trim()));
  }

  /** Resolves when everything up to this commit of a branch has been delivered. */
  until(branch: string, id: string): Promise<void> {
    return this.untilHead(`refs/heads/${branch}`, id);
  }

  async untilHead(name: string, id: string): Promise<void> {
    await this.#when(() => this.cursors.at(-1)?.heads[name] === id);
  }

  async untilGone(branch: string): Promise<void> {
    await this.#when(() => this.cursors.at(-1)?.heads[`refs/heads/${branch}`] === undefined);
  }

  async started(): Promise<void> {
    await this.#when(() => this.cursors.length > 0);
  }

  async #when(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await Promise.race([
        this.#ended.then(() => {
          throw new Error('it has ended');
        }),
        new Promise<void>((resolve) => {
          this.#look = resolve;
        }),
      ]);
    }
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
  }
}

describeWith(needsGit, 'gitBatches with follow', () => {
  let repository: GitRepository;
  let follower: Follower;

  const start = async (options: GitOptions = {}): Promise<void> => {
    follower = new Follower(repository.folder, options);
    await follower.started();
  };

  beforeEach(() => {
    repository = new GitRepository();
  });
  afterEach(() => follower.stop());

  test('gives what is there, and then what comes', async () => {
    repository.commit('one');
    await start();
    expect(follower.messages).toEqual(['one']);
    await follower.until('main', repository.commit('two'));
    await follower.until('main', repository.commit('three'));
    expect(follower.messages).toEqual(['one', 'two', 'three']);
  });

  test('an empty repository is followed to its first commit', async () => {
    await start();
    expect(follower.messages).toEqual([]);
    await follower.until('main', repository.commit('one'));
    expect(follower.messages).toEqual(['one']);
  });

  test('begins at a cursor', async () => {
    const one = repository.commit('one');
    repository.commit('two');
    await start({ cursor: { version: 1, kind: 'git', heads: { 'refs/heads/main': one } } });
    expect(follower.messages).toEqual(['two']);
  });

  test('a burst of commits, each once and in order', async () => {
    repository.commit('start');
    await start();
    const messages = Array.from({ length: 50 }, (_, at) => `burst ${at}`);
    const ids = messages.map((message) => repository.commit(message));
    await follower.until('main', ids.at(-1) ?? '');
    expect(follower.messages).toEqual(['start', ...messages]);
  });

  test('a new branch with slashes, commits on it, its folder removed and made again', async () => {
    repository.commit('one');
    await start();
    repository.git('checkout', '-q', '-b', 'feature/deep/x');
    await follower.until('feature/deep/x', repository.commit('two'));
    await follower.until('feature/deep/x', repository.commit('three'));
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-q', '-D', 'feature/deep/x');
    await follower.untilGone('feature/deep/x');
    repository.git('checkout', '-q', '-b', 'feature/deep/x');
    await follower.until('feature/deep/x', repository.commit('four'));
    expect(follower.messages).toEqual(['one', 'two', 'three', 'four']);
  });

  test('packed refs change nothing, and what comes after them comes', async () => {
    const one = repository.commit('one');
    repository.git('branch', 'a/b');
    await start();
    repository.git('pack-refs', '--all', '--prune');
    await follower.until('main', repository.commit('two'));
    repository.git('pack-refs', '--all', '--prune');
    repository.git('branch', '-q', '-D', 'a/b');
    await follower.untilGone('a/b');
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.cursors[0]?.heads['refs/heads/a/b']).toBe(one);
  });

  test('an amend is a rewrite and a commit; going back to the old one repeats nothing', async () => {
    repository.commit('one');
    const from = repository.commit('two');
    await start();
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'two, amended');
    const to = repository.git('rev-parse', 'HEAD');
    await follower.until('main', to);
    repository.git('reset', '-q', '--hard', from);
    await follower.until('main', from);
    await follower.until('main', repository.commit('three'));
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
    await follower.until('main', to);
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
    await follower.until('b', two);
    repository.git('branch', '-D', 'b');
    await follower.untilGone('b');
    repository.git('branch', 'c', two);
    await follower.until('c', two);
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.rewrites).toEqual([]);
  });

  test('a linked work tree is followed at the branches of its repository', async () => {
    repository.commit('one');
    const linked = `${repository.folder}-linked`;
    repository.git('worktree', 'add', '-q', '-b', 'linked', linked);
    follower = new Follower(linked);
    await follower.started();
    await follower.until('main', repository.commit('two'));
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('one branch, when asked for; it may go and come back', async () => {
    repository.commit('one');
    repository.git('branch', 'mine');
    await start({ branch: 'mine' });
    repository.commit('elsewhere');
    repository.git('checkout', '-q', 'mine');
    const two = repository.commit('two');
    await follower.until('mine', two);
    repository.git('checkout', '-q', 'main');
    repository.git('branch', '-q', '-D', 'mine');
    await follower.untilGone('mine');
    repository.git('branch', 'mine', two);
    await follower.until('mine', two);
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('a detached HEAD that goes on is followed', async () => {
    repository.commit('one');
    repository.git('checkout', '-q', '--detach');
    await start();
    repository.commit('two');
    await follower.untilHead('HEAD', repository.git('rev-parse', 'HEAD'));
    expect(follower.messages).toEqual(['one', 'two']);
    expect(follower.rewrites).toEqual([]);
  });

  test('what no watch tells of is found by looking', async () => {
    repository.commit('one');
    repository.git('tag', 'v1');
    follower = new Follower(repository.folder, { revisions: ['v1'], pollMs: 50 });
    await follower.started();
    const two = repository.commit('two');
    repository.git('tag', '-f', 'v1');
    await follower.untilHead('v1', two);
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('moves are counted', async () => {
    const metrics = new CounterMetrics();
    repository.commit('one');
    await start({ metrics });
    await follower.until('main', repository.commit('two'));
    expect(metrics.get(metricNames.moves)).toBe(1);
    expect(metrics.get(metricNames.emitted)).toBe(2);
  });

  test('unsubscribing from the Observable ends it', async () => {
    repository.commit('one');
    await start();
    await new Promise<void>((resolve, reject) => {
      const subscription = gitCommits(repository.folder, { follow: true, pollMs: never }).subscribe({
        next: () => {
          setTimeout(() => {
            subscription.unsubscribe();
            resolve();
          }, 10);
        },
        error: reject,
        complete: () => reject(new Error('completed')),
      });
    });
  });

  test('return() ends an iterator that waits', async () => {
    repository.commit('one');
    await start();
    const iterator = gitBatches(repository.folder, { follow: true, pollMs: never })[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    await iterator.return?.();
    expect((await next).done).toBe(true);
  });
});
