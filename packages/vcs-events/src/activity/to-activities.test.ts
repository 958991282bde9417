import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { from, lastValueFrom, toArray } from 'rxjs';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import { toActivities } from './to-activities.ts';

const commit = (id: string, timeMs?: number): Commit => {
  const author = { name: 'Ada', email: '', ...(timeMs === undefined ? { rawDate: 'x' } : { timeMs }) };
  return { repository: { kind: 'hg', id: 'hg' }, id, parents: [], author, committer: author, message: 'm' };
};

test('a commit without a date is rejected and counted, and the others come', async () => {
  const rejects = ringRejects(9);
  const metrics = new CounterMetrics();
  const activities = from([commit('a', 1), commit('b'), commit('c', 2)]).pipe(
    toActivities({ rejects, metrics }),
    toArray(),
  );
  expect((await lastValueFrom(activities)).map(({ uid }) => uid)).toEqual(['a@hg', 'c@hg']);
  expect(rejects.last).toEqual([
    {
      component: 'vcs-events',
      code: 'ERR_VCS_EVENTS_DATE',
      reason: 'commit b has no date that can be read',
      value: 'b',
    },
  ]);
  expect(metrics.get(metricNames.rejects)).toBe(1);
});
