export * from './batches.ts';
export { maildirMessages } from './maildir-source.ts';
export type { ToActivitiesOptions } from './options.ts';
export { toActivities } from './to-activities.ts';
