import type { Activity } from '@sluice/pipeline';
import { check } from './check.ts';
import { mailActivity } from './mail-activity.ts';
import type { MailMessage } from './mail-message.ts';
import { MailSourceError } from './mail-source-error.ts';
import type { MailActivitiesOptions } from './options.ts';

/** Throws `ERR_MAIL_SOURCE_OPTION` for a wrong option. */
export function checkActivitiesOptions(options: MailActivitiesOptions): void {
  check.flag('confidential', options.confidential);
  check.flag('body', options.body);
  check.object('rejects', options.rejects, ['next']);
  check.signal(options.signal);
}

/** The activity of one mail, with its body if that is asked for; without it, and a reject, when it cannot be read. */
export async function activityWithBody(message: MailMessage, options: MailActivitiesOptions): Promise<Activity> {
  const { confidential = false, rejects } = options;
  if (confidential) return mailActivity(message, { confidential });
  try {
    return mailActivity(message, { text: await message.text() });
  } catch (error) {
    if (!(error instanceof MailSourceError)) throw error;
    rejects?.next({ component: 'mail-source', code: error.code, reason: error.message, path: message.path });
    return mailActivity(message);
  }
}

/**
 * The activities of some mails, in their order: for who iterates the batches of a source. With `body` one mail's bytes
 * are read at a time; after an abort, no further ones, and the list is shorter.
 *
 * ```ts
 * for await (const batch of maildirBatches('Maildir')) write(await mailActivities(batch, { body: true }));
 * ```
 *
 * @throws {MailSourceError} `OPTION`, as a rejection
 */
export async function mailActivities(
  messages: readonly MailMessage[],
  options: MailActivitiesOptions = {},
): Promise<readonly Activity[]> {
  checkActivitiesOptions(options);
  const { body = false, confidential = false, signal } = options;
  if (!body) return messages.map((message) => mailActivity(message, { confidential }));
  const activities: Activity[] = [];
  for (const message of messages) {
    if (signal?.aborted) break;
    activities.push(await activityWithBody(message, options));
  }
  return activities;
}
