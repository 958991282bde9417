import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { MailMessage } from './mail-message.ts';
import { maildirBatches } from './maildir/maildir-batches.ts';
import type { MaildirOptions } from './options.ts';
import { maildirSettings } from './settings.ts';

/**
 * The mails of a Maildir by their headers, one by one, as a cold Observable: what {@link maildirBatches} reads, with the
 * same options. A synchronous consumer paces it; an asynchronous one takes the batches.
 *
 * @throws {MailSourceError} `OPTION` at the call; `NO_MAILDIR` errors the Observable
 */
export function maildirMessages(directory: string, options: MaildirOptions = {}): Observable<MailMessage> {
  maildirSettings(directory, options);
  return fromBatches((signal) => maildirBatches(directory, { ...options, signal }), options.signal);
}
