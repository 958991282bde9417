import type { Activity } from '@sluice/pipeline';

/** The n-th of any number of activities. */
export const activity = (n: number, more: Partial<Activity> = {}): Activity => ({
  uid: `${n}@test`,
  source: { kind: 'git', id: 'git' },
  startMs: Date.UTC(2024, 0, 1 + n, 12),
  title: `commit ${n}`,
  text: `Alice\n\nwhy, oh why; "${n}" \\n`,
  categories: ['project', 'a, b'],
  ...more,
});
