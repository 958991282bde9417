import type { BanBackend } from '../ban-backend.ts';
import { eventBackend } from '../events/event-backend.ts';
import { type MailOptions, resolveMailOptions } from './mail-options.ts';
import { MailSender } from './mail-sender.ts';

/**
 * Events as mail, by the machine's own sendmail: one mail for each batch, and not more than so many an hour.
 *
 * - What comes while no mail may be sent is gathered, and goes out in one mail as soon as one may be, at the latest when
 *   the backend stops. Its outcome is `ok` when it is gathered; a mail that then fails is part of the next one.
 * - Nothing of an event can become a header, a recipient or a command: names and lines are text, on a line each.
 * - sendmail queues and tries again by itself; what it refuses fails the events.
 *
 * @example
 * banMail({ to: ['root'], from: 'banwatchd@example.net' });
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function banMail(options: MailOptions): BanBackend {
  const resolved = resolveMailOptions(options);
  return eventBackend(new MailSender(resolved), resolved.choice);
}
