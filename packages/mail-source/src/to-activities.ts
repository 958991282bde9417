import type { Activity } from '@sluice/pipeline';
import { bounded, untilAborted } from '@sluice/pipeline/rx';
import { map, type OperatorFunction } from 'rxjs';
import { check } from './check.ts';
import { activityWithBody, checkActivitiesOptions } from './mail-activities.ts';
import { mailActivity } from './mail-activity.ts';
import type { MailMessage } from './mail-message.ts';
import type { ToActivitiesOptions } from './options.ts';

/**
 * Mails as activities, in their order.
 *
 * 1. Without `body` each comes at once.
 * 2. With `body` one mail's bytes are read at a time, and up to `maxQueued` mails wait. A source that reads headers of
 *    a large Maildir is quicker than that; more mails than may wait end the stream with `ERR_PIPELINE_OVERFLOW`. Take
 *    `maildirBatches` and `mailActivities` there, which wait for each other.
 * 3. A body that cannot be read goes to `rejects`, and the activity comes without.
 *
 * @throws {MailSourceError} `OPTION` at the call
 */
export function toActivities(options: ToActivitiesOptions = {}): OperatorFunction<MailMessage, Activity> {
  checkActivitiesOptions(options);
  const { confidential = false, body = false, signal } = options;
  const maxQueued = check.integer('maxQueued', options.maxQueued, 4096, 1, 10_000_000);
  const make = body
    ? bounded((message: MailMessage) => activityWithBody(message, options), { maxQueued })
    : map((message: MailMessage) => mailActivity(message, { confidential }));
  return (source) => source.pipe(make, untilAborted(signal));
}
