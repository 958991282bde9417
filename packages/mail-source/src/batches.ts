export { mailActivities } from './mail-activities.ts';
export { mailActivity } from './mail-activity.ts';
export type { MailAddress, MailDate, MailMessage } from './mail-message.ts';
export { MailSourceError, type MailSourceErrorCode } from './mail-source-error.ts';
export { maildirBatches } from './maildir/maildir-batches.ts';
export { metricNames } from './metrics.ts';
export type {
  MailActivitiesOptions,
  MailActivityOptions,
  MailAuthorPattern,
  MaildirOptions,
  MailFilter,
  MailProgress,
} from './options.ts';
