import type { Activity } from '@sluice/pipeline';

/** The n-th of any number of commits, an hour apart. */
export const commit = (n: number, more: Partial<Activity> = {}): Activity => ({
  uid: `r${n}@repository`,
  source: { kind: 'svn', id: 'repository', label: 'project' },
  startMs: Date.UTC(2024, 0, 1, n),
  title: `r${n} Fix; the, thing`,
  text: `kevin:\n\nFix the thing ${n}.\n\nIt was "broken" \\ bent, and long enough a description to be folded once or twice, é.\n`,
  author: { name: 'kevin' },
  categories: ['project', 'a, b'],
  ...more,
});

/** Commits from..to-1. */
export const commits = (from: number, to: number, more: Partial<Activity> = {}): Activity[] =>
  Array.from({ length: to - from }, (_, i) => commit(from + i, more));
