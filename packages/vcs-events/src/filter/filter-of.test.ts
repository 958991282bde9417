import { CounterMetrics } from '@sluice/pipeline';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import { filterOf } from './filter-of.ts';

const commit = (id: string, rest: Partial<Commit> = {}): Commit => {
  const author = { name: 'Ada', email: 'ada@example.org', timeMs: 1000 };
  return { repository: { kind: 'git', id: 'git' }, id, parents: [], author, committer: author, message: '', ...rest };
};
const dated = (id: string, timeMs: number): Commit => commit(id, { author: { name: 'Ada', email: '', timeMs } });
const idsOf = (commits: readonly Commit[]): readonly string[] => commits.map(({ id }) => id);

describe('filterOf', () => {
  test('without conditions everything passes', () => {
    const commits = [commit('a'), commit('b')];
    expect(filterOf({})(commits)).toBe(commits);
  });

  test('fromMs is the first instant that passes and untilMs the first that does not', () => {
    const commits = [dated('before', 9), dated('first', 10), dated('last', 19), dated('after', 20)];
    expect(idsOf(filterOf({ fromMs: 10, untilMs: 20 })(commits))).toEqual(['first', 'last']);
  });

  test('a commit without a date fails either bound', () => {
    const undated = commit('x', { author: { name: 'Ada', email: '', rawDate: 'garbage' } });
    expect(filterOf({ fromMs: Number.NEGATIVE_INFINITY })([undated])).toEqual([]);
    expect(filterOf({ untilMs: Number.POSITIVE_INFINITY })([undated])).toEqual([]);
    expect(filterOf({})([undated])).toEqual([undated]);
  });

  test('paths take what is at them, below them, or was moved away from there', () => {
    const touching = (...files: NonNullable<Commit['files']>): Commit => commit(files[0]?.path ?? 'none', { files });
    const commits = [
      touching({ path: 'src/a.c' }),
      touching({ path: '/src' }),
      touching({ path: 'srcs/a.c' }),
      touching({ path: 'lib/b.c', from: 'src/b.c' }),
      touching({ path: 'x' }, { path: 'src/y' }),
      commit('unread'),
    ];
    expect(idsOf(filterOf({ paths: ['/src/'] })(commits))).toEqual(['src/a.c', '/src', 'lib/b.c', 'x']);
  });

  test('what was read is what was emitted and what was left out', () => {
    const metrics = new CounterMetrics();
    const filter = filterOf({ authors: ['bo'], metrics });
    filter([commit('a'), commit('b')]);
    filter([commit('c', { author: { name: 'Bo', email: '' } })]);
    expect(metrics.snapshot()).toEqual({
      [metricNames.read]: 3,
      [metricNames.emitted]: 1,
      [metricNames.filtered]: 2,
    });
  });
});
