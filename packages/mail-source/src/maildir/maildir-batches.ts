import { closable } from '@sluice/pipeline/node';
import type { MailMessage } from '../mail-message.ts';
import type { MaildirOptions } from '../options.ts';
import { maildirSettings } from '../settings.ts';
import { MaildirPass } from './maildir-pass.ts';

/**
 * The mails of a Maildir by their headers, in batches: the door for who works asynchronously, as nothing is read while
 * a batch is being worked on. Each iteration reads anew.
 *
 * 1. The top folder comes first, then the Maildir++ folders by name; of each `new` and `cur`, never `tmp`. Mails come in
 *    the order of their file names, which begin with the time of delivery. A batch is of one folder and has 1 to 64.
 * 2. Each mail comes once, also when other programs rename it meanwhile (flags, `new` to `cur`). One that is removed
 *    before it was read is counted.
 * 3. What is no mail goes to `rejects`; nothing in a Maildir ends the stream. Symbolic links are not followed.
 * 4. With `follow` the iteration goes on with mails that are delivered later, and with folders that are made later.
 *
 * @param directory the Maildir: has `cur` and `new`, or Maildir++ folders that do
 * @throws {MailSourceError} `OPTION` at the call; `NO_MAILDIR` from the iterator
 */
export function maildirBatches(directory: string, options: MaildirOptions = {}): AsyncIterable<readonly MailMessage[]> {
  const settings = maildirSettings(directory, options);
  return closable((signal) => new MaildirPass({ ...settings, signal }).run(), settings.signal);
}
