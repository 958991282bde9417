import { renameSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { hgCommits } from '../hg-source.ts';
import { metricNames } from '../metrics.ts';
import type { Cursor } from '../options.ts';
import { HgRepository, needsHg } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';
import type { HgOptions } from './options.ts';

/** So long that only watching can be what tells of a change. */
const never = 3_600_000;

/** Follows a repository in the background. */
class Follower {
  readonly messages: string[] = [];
  cursor: Cursor | undefined;
  readonly #abort = new AbortController();
  readonly #ended: Promise<void>;
  #look: () => void = () => {};

  constructor(folder: string, options: HgOptions = {}) {
    this.#ended = this.#follow(folder, options);
    this.#ended.catch(() => {}).finally(() => this.#look());
  }

  async #follow(folder: string, options: HgOptions): Promise<void> {
    const batches = hgBatches(folder, {
      follow: true,
      pollMs: never,
      ...options,
      signal: this.#abort.signal,
      onCursor: (cursor) => {
        this.cursor = cursor;
        this.#look();
      },
    });
    for await (const batch of batches) this.messages.push(...batch.map(({ message }) => message));
  }

  /** Resolves when everything up to this head has been delivered. */
  async until(node: string): Promise<void> {
    while (!Object.values(this.cursor?.heads ?? {}).some((nodes) => nodes.split(' ')[0] === node)) await this.#change();
  }

  async started(): Promise<void> {
    while (this.cursor === undefined) await this.#change();
  }

  async #change(): Promise<void> {
    await Promise.race([
      this.#ended.then(() => {
        throw new Error('it has ended');
      }),
      new Promise<void>((resolve) => {
        this.#look = resolve;
      }),
    ]);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
  }
}

describeWith(needsHg, 'hgBatches with follow', () => {
  let repository: HgRepository;
  let follower: Follower;
  const commit = (message: string): string => repository.commit(message, { files: [message] });
  const start = async (options: HgOptions = {}): Promise<void> => {
    follower = new Follower(repository.folder, options);
    await follower.started();
  };

  beforeEach(() => {
    repository = new HgRepository();
  });
  afterEach(() => follower.stop());

  test('gives what is there, and then what comes, each once', async () => {
    commit('one');
    await start();
    expect(follower.messages).toEqual(['one']);
    const ids = ['two', 'three', 'four', 'five'].map(commit);
    await follower.until(ids.at(-1) ?? '');
    await follower.until(commit('six'));
    expect(follower.messages).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  });

  test('an empty repository is followed to its first changeset, and moves are counted', async () => {
    const metrics = new CounterMetrics();
    await start({ metrics });
    expect(follower.messages).toEqual([]);
    await follower.until(commit('one'));
    expect(follower.messages).toEqual(['one']);
    expect(metrics.get(metricNames.moves)).toBe(1);
  });

  test('begins at a cursor', async () => {
    const one = commit('one');
    commit('two');
    await start({ cursor: { version: 1, kind: 'hg', heads: { default: one } } });
    expect(follower.messages).toEqual(['two']);
  });

  test('what was stripped and comes back is not new, and an amend is one changeset', async () => {
    const other = new HgRepository();
    for (const message of ['one', 'two', 'three']) commit(message);
    other.hg('pull', '-q', repository.folder);
    await start();
    repository.strip('1');
    await follower.until(repository.node('tip'));
    repository.hg('pull', '-q', other.folder);
    await follower.until(repository.node('tip'));
    repository.hg('update', '-q', 'tip');
    repository.hg('phase', '--draft', '--force', '1:');
    repository.hg('commit', '-q', '--amend', '-m', 'three, amended');
    await follower.until(repository.node('tip'));
    expect(follower.messages).toEqual(['one', 'two', 'three', 'three, amended']);
  });

  test('a changeset that is hidden and shown again is not new', async () => {
    commit('one');
    const two = commit('two');
    await start();
    const evolve = ['--config', 'experimental.evolution=all'];
    repository.hg(...evolve, 'commit', '-q', '--amend', '-m', 'two, amended');
    await follower.until(repository.node('tip'));
    repository.hg('--hidden', '--config', 'experimental.directaccess=true', 'bookmark', '-q', '-r', two, 'pinned');
    await follower.until(commit('three'));
    expect(follower.messages).toEqual(['one', 'two', 'two, amended', 'three']);
  });

  test('what no watch tells of is found by looking: a store that was put in the place of the old one', async () => {
    commit('one');
    const other = new HgRepository();
    other.hg('pull', '-q', repository.folder);
    other.hg('update', '-q', 'tip');
    await start({ pollMs: 50 });
    const store = path.join(repository.folder, '.hg/store');
    const two = other.commit('two');
    renameSync(store, `${store}.old`);
    renameSync(path.join(other.folder, '.hg/store'), store);
    await follower.until(two);
    expect(follower.messages).toEqual(['one', 'two']);
  });

  test('unsubscribing from the Observable ends it', async () => {
    commit('one');
    await start();
    await new Promise<void>((resolve, reject) => {
      const subscription = hgCommits(repository.folder, { follow: true, pollMs: never }).subscribe({
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
    commit('one');
    await start();
    const iterator = hgBatches(repository.folder, { follow: true, pollMs: never })[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    await iterator.return?.();
    expect((await next).done).toBe(true);
  });
});
