import { setTimeout as sleep } from 'node:timers/promises';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import { needsSvn, SvnRepository } from '../testing/svn-repository.ts';
import { needsSvnserve, svnServer } from '../testing/svn-server.ts';
import type { SvnOptions } from './options.ts';
import { svnBatches } from './svn-batches.ts';

const date = '2020-01-02T03:04:05.000000Z';
const revisions = [1, 2, 3].map((number) => ({ author: 'ada', date, message: `message ${number}` }));
const minuteMs = 60_000;

/** Follows until the test ends it. */
function follow(url: string, options: SvnOptions) {
  const abort = new AbortController();
  const commits: Commit[] = [];
  const done = (async (): Promise<void> => {
    for await (const batch of svnBatches(url, { ...options, follow: true, signal: abort.signal }))
      commits.push(...batch);
  })();
  // Awaited at the end; until then a failure shows by what does not come.
  done.catch(() => {});
  return {
    commits,
    ids: (): string => commits.map(({ id }) => id).join(' '),
    until: async (isMet: () => boolean): Promise<void> => {
      while (!isMet()) await Promise.race([sleep(10), done]);
    },
    stop: (): Promise<void> => {
      abort.abort();
      return done;
    },
  };
}

describeWith(needsSvn, 'following', () => {
  test('sees each revision of a local repository once, without waiting for the next poll', async () => {
    const repository = new SvnRepository(revisions);
    const metrics = new CounterMetrics();
    const cursors: string[] = [];
    const onCursor: SvnOptions['onCursor'] = ({ heads }) => void cursors.push(heads['HEAD'] ?? '');
    const following = follow(repository.url, { pollMs: minuteMs, metrics, onCursor });
    await following.until(() => cursors.length === 1);
    for (let number = 4; number <= 8; number += 1) repository.makeFolder(`f${number}`);
    await following.until(() => cursors.at(-1) === '8');
    await following.stop();
    expect(following.ids()).toBe('1 2 3 4 5 6 7 8');
    expect(metrics.get(metricNames.moves)).toBe(cursors.length - 1);
    expect(metrics.get(metricNames.emitted)).toBe(8);
  });

  test('polls when there is nothing to watch', async () => {
    const repository = new SvnRepository(revisions);
    const following = follow(repository.url.replace('file://', 'file://localhost'), { pollMs: 50, files: true });
    await following.until(() => following.commits.length === 3);
    repository.makeFolder('trunk', 'bo');
    await following.until(() => following.commits.length === 4);
    await following.stop();
    expect(following.commits[3]).toMatchObject({ id: '4', author: { name: 'bo' }, branch: 'trunk' });
  });

  test('emits a revision again that was edited, within the window only', async () => {
    const repository = new SvnRepository(revisions);
    const following = follow(repository.url, { pollMs: 50, recheckRevisions: 2 });
    await following.until(() => following.commits.length === 3);
    repository.edit(1, 'svn:log', 'edited 1');
    repository.edit(3, 'svn:log', 'edited 3');
    await following.until(() => following.commits.length === 4);
    repository.edit(2, 'svn:author', 'bo');
    await following.until(() => following.commits.length === 5);
    repository.makeFolder('new');
    await following.until(() => following.commits.length === 6);
    await following.stop();
    expect(following.commits.slice(3).map(({ id, author, message }) => [id, author.name, message])).toEqual([
      ['3', 'ada', 'edited 3'],
      ['2', 'bo', 'message 2'],
      ['4', 'ada', 'makes new'],
    ]);
  });

  test('sees nothing of what a filter leaves out', async () => {
    const repository = new SvnRepository(revisions);
    const following = follow(repository.url, { pollMs: 50, authors: ['bo'] });
    repository.makeFolder('by-ada', 'ada');
    repository.makeFolder('by-bo', 'bo');
    await following.until(() => following.commits.length === 1);
    await following.stop();
    expect(following.ids()).toBe('5');
  });
});

describeWith(needsSvnserve, 'following a server', () => {
  test('bears it that the server is away for a while, and reports it once', async () => {
    const repository = new SvnRepository(revisions);
    const rejects = ringRejects(10);
    const server = await svnServer(repository.folder);
    const following = follow(server.url, { pollMs: 20, rejects });
    await following.until(() => following.commits.length === 3);
    await server.close();
    await following.until(() => rejects.total === 1);
    repository.makeFolder('meanwhile');
    const again = await svnServer(repository.folder, server.port);
    await following.until(() => following.commits.length === 4);
    await following.stop();
    await again.close();
    expect(following.ids()).toBe('1 2 3 4');
    expect(rejects.last).toMatchObject([{ code: 'ERR_VCS_EVENTS_NETWORK' }]);
  });
});
