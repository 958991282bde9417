import type { Activity, ActivityAuthor } from '@sluice/pipeline';
import type { MailMessage } from './mail-message.ts';
import type { MailActivityOptions } from './options.ts';

/** What RFC 5322 (3.6.4) calls an identifier has an at sign, which makes it unique in the world. */
const isGlobal = /^[^\s@<>]+@[^\s@<>]+$/;

function authorOf({ from: [first] }: MailMessage): ActivityAuthor | undefined {
  if (first === undefined) return undefined;
  return { ...(first.name !== '' && { name: first.name }), ...(first.address !== '' && { email: first.address }) };
}

/**
 * A mail as an activity: an instant, with the subject for a title.
 *
 * - `uid`: the Message-ID where it has the form `left@right`, else `<id>@mail`;
 * - `startMs`, `tzMinutes`: the mail's date;
 * - `title`: the subject, `(no subject)` without one;
 * - `text`: `From: …`, `To: …`, and after an empty line the body where `text` is given;
 * - `author`: the first address in From; `categories`: the folder, of the top `Mail`.
 *
 * With `confidential` the title is `Mail` and there is no text; author, folder and uid stay.
 */
export function mailActivity(message: MailMessage, options: MailActivityOptions = {}): Activity {
  const { confidential = false, text } = options;
  const { messageId, date, folder } = message;
  const author = authorOf(message);
  const people = `From: ${message.fromText}\nTo: ${message.toText}`;
  return {
    uid: messageId !== undefined && isGlobal.test(messageId) ? messageId : `${message.id}@mail`,
    source: message.source,
    startMs: date.timeMs,
    ...(date.tzMinutes !== undefined && { tzMinutes: date.tzMinutes }),
    title: confidential ? 'Mail' : message.subject || '(no subject)',
    ...(!confidential && { text: text === undefined ? people : `${people}\n\n${text}` }),
    ...(author !== undefined && { author }),
    categories: [folder === '' ? 'Mail' : folder],
  };
}
