import type { MailMessage } from '@sluice/mail-source/batches';
import type { Activity } from '@sluice/pipeline';

const hiddenRecipient = 'XXXX XXXXXXXXX <xxxx@xxxx.xxx>';

/**
 * Title and text that maildir2ical.py gave a mail: the subject with its tabs as spaces and no line breaks; From, To, a blank
 * line, the body. With `confidential` the title is `Mail`, the recipient is hidden, and there is no body.
 *
 * The uid is the Message-ID with its brackets, as the script had it, so that its calendars are continued; where a mail has
 * none, ours, which is the same each time. The time is right: the script dropped the date's zone.
 */
export function maildir2icalActivity(
  activity: Activity,
  mail: MailMessage,
  body: string,
  confidential: boolean,
): Activity {
  const { categories: _, ...rest } = activity;
  const recipient = confidential ? hiddenRecipient : mail.toText;
  return {
    ...rest,
    uid: mail.messageId === undefined ? activity.uid : `<${mail.messageId}>`,
    title: confidential ? 'Mail' : mail.subject.replaceAll('\t', ' ').replace(/[\r\n]/g, ''),
    text: `From: ${mail.fromText}\nTo: ${recipient}\n\n${confidential ? '' : body}`,
  };
}
