import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What a {@link MailSourceError} or a reject of this package can be about.
 *
 * Thrown:
 * - `OPTION`: an option has a value that it cannot have (at the call);
 * - `NO_MAILDIR`: the path is not a Maildir: it has neither `cur` nor `new` (ends the stream);
 * - `GONE`: a mail whose bytes are asked for has been removed (from `raw()` and `text()`);
 * - `TOO_LARGE`: a mail whose bytes are asked for exceeds `maxMessageBytes` (from `raw()` and `text()`);
 * - `BODY`: a mail's parts are nested too deep, or have too large headers, to be read (from `text()`).
 *
 * Rejects of what is not emitted:
 * - `SYMLINK`: a symbolic link where a folder or a mail is expected; it is not followed;
 * - `NOT_A_FILE`: a folder, FIFO, socket or device in `cur` or `new`;
 * - `EMPTY`: a file without a byte;
 * - `NOT_A_MAIL`: a file that does not begin with a header;
 * - `UNREADABLE`: a folder or file that the system does not let us read;
 * - `UNSETTLED`: mails that were renamed each time that they were about to be read;
 * - `NO_FOLDER`: `folders` names one that is not there.
 *
 * Rejects of mails that are emitted all the same:
 * - `DATE`: the Date header is missing or cannot be, and another date stands in;
 * - `HEADERS_TOO_LONG`: the headers exceed `maxHeaderBytes`; those within it are used;
 * - `CHARSET`: a header is in a charset that is not known; it was read as UTF-8, or else as windows-1252.
 *
 * Rejects besides:
 * - `WATCH`: the system cannot watch more folders; they are polled.
 */
export type MailSourceErrorCode = `ERR_MAIL_SOURCE_${
  | 'OPTION'
  | 'NO_MAILDIR'
  | 'GONE'
  | 'TOO_LARGE'
  | 'BODY'
  | 'SYMLINK'
  | 'NOT_A_FILE'
  | 'EMPTY'
  | 'NOT_A_MAIL'
  | 'UNREADABLE'
  | 'UNSETTLED'
  | 'NO_FOLDER'
  | 'DATE'
  | 'HEADERS_TOO_LONG'
  | 'CHARSET'
  | 'WATCH'}`;

/** Any error of this package. */
export class MailSourceError extends ComponentError {
  override readonly name: string = 'MailSourceError';
  declare readonly code: MailSourceErrorCode;

  constructor(code: MailSourceErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}
