export type { ToActivitiesOptions } from './activity/options.ts';
export { toActivities } from './activity/to-activities.ts';
export * from './batches.ts';
export { gitCommits } from './git-source.ts';
export { hgCommits } from './hg-source.ts';
export { svnCommits } from './svn-source.ts';
