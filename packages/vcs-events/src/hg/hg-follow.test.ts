import { renameSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { hgCommits } from '../hg-source.ts';
import type { Cursor } from '../options.ts';
import { describeFollowing } from '../testing/describe-following.ts';
import { Follower } from '../testing/follower.ts';
import { HgRepository, needsHg } from '../testing/hg-repository.ts';
import { hgBatches } from './hg-batches.ts';
import type { HgOptions } from './options.ts';

const commitTo = (repository: HgRepository, message: string): string =>
  repository.commit(message, { files: [message] });

const isAt = (heads: Cursor['heads'], node: string): boolean =>
  Object.values(heads).some((nodes) => nodes.split(' ')[0] === node);

describeFollowing({
  needs: needsHg,
  kind: 'hg',
  make: () => new HgRepository(),
  commit: commitTo,
  burst: 5,
  isAt,
  headsAt: (id) => ({ default: id }),
  batches: hgBatches,
  commits: hgCommits,
});

describeWith(needsHg, 'hgBatches with follow', () => {
  let repository: HgRepository;
  let follower: Follower<HgOptions>;
  const commit = (message: string): string => commitTo(repository, message);
  const start = async (options: HgOptions = {}): Promise<void> => {
    follower = new Follower(hgBatches, repository.folder, options);
    await follower.started();
  };
  /** Resolves when everything up to this head has been delivered. */
  const until = (node: string): Promise<void> => follower.until((heads) => isAt(heads, node));

  beforeEach(() => {
    repository = new HgRepository();
  });
  afterEach(() => follower.stop());

  test('what was stripped and comes back is not new, and an amend is one changeset', async () => {
    const other = new HgRepository();
    for (const message of ['one', 'two', 'three']) commit(message);
    other.hg('pull', '-q', repository.folder);
    await start();
    repository.strip('1');
    await until(repository.node('tip'));
    repository.hg('pull', '-q', other.folder);
    await until(repository.node('tip'));
    repository.hg('update', '-q', 'tip');
    repository.hg('phase', '--draft', '--force', '1:');
    repository.hg('commit', '-q', '--amend', '-m', 'three, amended');
    await until(repository.node('tip'));
    expect(follower.messages).toEqual(['one', 'two', 'three', 'three, amended']);
  });

  test('a changeset that is hidden and shown again is not new', async () => {
    commit('one');
    const two = commit('two');
    await start();
    const evolve = ['--config', 'experimental.evolution=all'];
    repository.hg(...evolve, 'commit', '-q', '--amend', '-m', 'two, amended');
    await until(repository.node('tip'));
    repository.hg('--hidden', '--config', 'experimental.directaccess=true', 'bookmark', '-q', '-r', two, 'pinned');
    await until(commit('three'));
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
    await until(two);
    expect(follower.messages).toEqual(['one', 'two']);
  });
});
