import type { Activity } from '@sluice/pipeline';

/** An activity at an instant, with its uid as title. */
export const oneActivity = (uid: string, at: string, more: Partial<Activity> = {}): Activity => ({
  uid,
  source: { kind: 'git', id: 'git', label: 'sluice' },
  startMs: Date.parse(at),
  title: uid,
  ...more,
});
