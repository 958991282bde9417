export { mailActivities } from './mail-activities.ts';
export { mailActivity } from './mail-activity.ts';
export type { MailAddress, MailDate, MailMessage } from './mail-message.ts';
export { MailSourceError, type MailSourceErrorCode } from './mail-source-error.ts';
export { maildirBatches, maildirMessages } from './maildir-source.ts';
export { metricNames } from './metrics.ts';
export type {
  MailActivitiesOptions,
  MailActivityOptions,
  MailAuthorPattern,
  MaildirOptions,
  MailFilter,
  MailProgress,
  ToActivitiesOptions,
} from './options.ts';
export { toActivities } from './to-activities.ts';
