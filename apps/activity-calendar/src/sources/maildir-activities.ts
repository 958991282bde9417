import {
  type MaildirOptions,
  type MailMessage,
  mailActivities,
  mailActivity,
  maildirBatches,
  metricNames,
} from '@sluice/mail-source/batches';
import { type Activity, CounterMetrics } from '@sluice/pipeline';
import { maildir2icalActivity } from '../compat/maildir2ical.ts';
import type { SourceSpec } from '../config/source-spec.ts';
import type { SourceOptions } from './source-options.ts';

function maildirOptions(spec: SourceSpec, options: SourceOptions, metrics: CounterMetrics): MaildirOptions {
  const { author, since, until, folder, excludeReceived } = spec;
  const { follow, signal, rejects, onTotal } = options;
  return {
    metrics,
    signal,
    rejects,
    ...(author === undefined ? {} : { authors: author }),
    ...(excludeReceived === undefined ? {} : { excludeReceived }),
    ...(since === undefined ? {} : { fromMs: since.fromMs }),
    ...(until === undefined ? {} : { untilMs: until.untilMs }),
    ...(folder === undefined ? {} : { folders: folder }),
    ...(follow === true ? { follow } : {}),
    ...(onTotal === undefined ? {} : { onProgress: ({ total }) => onTotal(total) }),
  };
}

/** A mail as maildir2ical.py told it. One whose body cannot be read is told without it, and reported. */
async function compatActivity(mail: MailMessage, confidential: boolean, { rejects }: SourceOptions): Promise<Activity> {
  let body = '';
  try {
    if (!confidential) body = await mail.text();
  } catch (error) {
    const { code = 'ERR_ACTIVITY_CALENDAR_ACTIVITY', message } = error as NodeJS.ErrnoException;
    rejects.next({ component: 'activity-calendar', code, reason: `without its text: ${message}`, path: mail.path });
  }
  return maildir2icalActivity(mailActivity(mail), mail, body, confidential);
}

/** The mails of a Maildir as activities, a batch for each batch. */
export async function* maildirActivities(
  spec: SourceSpec,
  options: SourceOptions,
): AsyncGenerator<readonly Activity[], void, undefined> {
  const { location, body, confidential = false, compat } = spec;
  const metrics = new CounterMetrics();
  const told = (): void => options.onRead?.(metrics.get(metricNames.found));
  try {
    for await (const mails of maildirBatches(location, maildirOptions(spec, options, metrics))) {
      told();
      if (compat === 'maildir2ical') {
        const activities: Activity[] = [];
        for (const mail of mails) activities.push(await compatActivity(mail, confidential, options));
        yield activities;
      } else {
        const { rejects, signal } = options;
        yield await mailActivities(mails, { confidential, body: body === true, rejects, signal });
      }
    }
  } finally {
    told();
  }
}
