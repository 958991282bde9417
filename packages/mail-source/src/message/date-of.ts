import type { HeaderBlock } from '../headers/header-block.ts';
import { type HeaderDate, parseDate } from '../headers/parse-date.ts';
import type { MailDate } from '../mail-message.ts';

/** A mail's date, and what is wrong with the one in its Date header. */
export interface DateFinding {
  readonly date: MailDate;
  /** Undefined when the Date header was used. */
  readonly fault?: string;
  /** The Date header as it stands, where there is one that cannot be used. */
  readonly value?: string;
}

/** What spreading the date would give, which takes longer than reading it. */
const datedBy = ({ timeMs, tzMinutes }: HeaderDate, source: MailDate['source']): MailDate =>
  tzMinutes === undefined ? { timeMs, source } : { timeMs, tzMinutes, source };

/** The date at the end of a Received header, after its last semicolon (RFC 5321, 4.4). */
function receivedDate(headers: HeaderBlock): MailDate | undefined {
  const received = headers.first('received');
  const date = received === undefined ? undefined : parseDate(received.slice(received.lastIndexOf(';') + 1));
  return date && datedBy(date, 'received');
}

/**
 * A mail's date: its Date header's, else that of its first Received header, the last server's; else the file's.
 *
 * @param fileMs asked only if it is needed
 */
export function dateOf(headers: HeaderBlock, fileMs: () => number): DateFinding {
  const value = headers.first('date');
  const written = value === undefined ? undefined : parseDate(value);
  if (written !== undefined) return { date: datedBy(written, 'date') };
  const date = receivedDate(headers) ?? { timeMs: fileMs(), source: 'mtime' };
  const stand = date.source === 'mtime' ? "the file's time" : 'the date of the first Received header';
  if (value === undefined) return { date, fault: `has no Date header; ${stand} is taken` };
  return { date, fault: `has a Date header that is no date; ${stand} is taken`, value };
}
