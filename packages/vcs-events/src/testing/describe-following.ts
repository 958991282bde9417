import { CounterMetrics } from '@sluice/pipeline';
import type { Observable } from 'rxjs';
import { describeWith, type Need } from '../../../../tools/testing/describe-with.ts';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import type { Cursor, ReadOptions } from '../options.ts';
import { type Batches, Follower, never } from './follower.ts';

interface Repository {
  readonly folder: string;
}

/** A kind of repository whose reader follows it. */
export interface FollowedKind<R extends Repository, O extends ReadOptions> {
  readonly needs: readonly Need[];
  readonly kind: Cursor['kind'];
  readonly make: () => R;
  /** Makes a commit on the main branch; its id. */
  readonly commit: (repository: R, message: string) => string;
  /** How many commits come at a time in a test of that: as many as take no longer than a few seconds. */
  readonly burst: number;
  /** Whether everything up to a commit of the main branch has been delivered. */
  readonly isAt: (heads: Cursor['heads'], id: string) => boolean;
  /** Heads to begin at: what comes after a commit of the main branch. */
  readonly headsAt: (id: string) => Cursor['heads'];
  readonly batches: Batches<O>;
  readonly commits: (folder: string, options: O) => Observable<Commit>;
}

/** What every kind of repository does that is followed. */
export function describeFollowing<R extends Repository, O extends ReadOptions>(of: FollowedKind<R, O>): void {
  describeWith(of.needs, `${of.kind}, followed`, () => {
    let repository: R;
    let follower: Follower<O>;
    const commit = (message: string): string => of.commit(repository, message);
    const start = async (options: ReadOptions = {}): Promise<void> => {
      follower = new Follower(of.batches, repository.folder, options as O);
      await follower.started();
    };
    const at = (id: string): Promise<void> => follower.until((heads) => of.isAt(heads, id));

    beforeEach(() => {
      repository = of.make();
    });
    afterEach(() => follower.stop());

    test('gives what is there, and then what comes', async () => {
      commit('one');
      await start();
      expect(follower.messages).toEqual(['one']);
      await at(commit('two'));
      await at(commit('three'));
      expect(follower.messages).toEqual(['one', 'two', 'three']);
    });

    test('gives a burst of commits, each once and in order', async () => {
      commit('start');
      await start();
      const messages = Array.from({ length: of.burst }, (_, index) => `burst ${index}`);
      const ids = messages.map(commit);
      await at(ids.at(-1) ?? '');
      expect(follower.messages).toEqual(['start', ...messages]);
    });

    test('is followed from its first commit on, and counts moves', async () => {
      const metrics = new CounterMetrics();
      await start({ metrics });
      expect(follower.messages).toEqual([]);
      await at(commit('one'));
      expect(follower.messages).toEqual(['one']);
      expect(metrics.get(metricNames.moves)).toBe(1);
      expect(metrics.get(metricNames.emitted)).toBe(1);
    });

    test('begins at a cursor', async () => {
      const one = commit('one');
      commit('two');
      await start({ cursor: { version: 1, kind: of.kind, heads: of.headsAt(one) } });
      expect(follower.messages).toEqual(['two']);
    });

    test('ends when the Observable is unsubscribed from', async () => {
      commit('one');
      await start();
      await new Promise<void>((resolve, reject) => {
        const subscription = of.commits(repository.folder, { follow: true, pollMs: never } as O).subscribe({
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

    test('ends by return() while it waits', async () => {
      commit('one');
      await start();
      const iterator = of.batches(repository.folder, { follow: true, pollMs: never } as O)[Symbol.asyncIterator]();
      await iterator.next();
      const next = iterator.next();
      await iterator.return?.();
      expect((await next).done).toBe(true);
    });
  });
}
