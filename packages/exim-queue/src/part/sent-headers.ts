import { EximQueueError } from '../exim-queue-error.ts';
import { isDigit, isSpace } from '../spool/byte-lines.ts';
import { HeaderFile } from '../spool/header-file.ts';

const star = 0x2a;
/** Exim writes one of these, behind the variables of access lists, of which the values can look like either. */
const wireFormatLine = '\n-spool_file_wireformat\n';
const lineCountLine = '\n-body_linecount ';

export interface SentHeaders {
  /** One after the other, as they are sent. */
  readonly headers: Buffer;
  /** -D has the line ends of SMTP. */
  readonly isWireFormat: boolean;
}

/**
 * The headers of a -H that are sent: all but those that were replaced, which are marked with `*`.
 *
 * @throws {EximQueueError} `DAMAGED`
 */
export function sentHeaders(bytes: Buffer, id: string): SentHeaders {
  const file = new HeaderFile();
  file.begin(bytes, bytes.length, true);
  const readings = [() => file.readHead(`${id}-H`), () => file.readRecipients([]), () => file.readHeaders()];
  if (!readings.every((read) => read() === 'ok'))
    throw new EximQueueError('ERR_EXIM_QUEUE_DAMAGED', `${id}-H is not in its format`, { value: id });
  const headers: Buffer[] = [];
  // Sound, as it was just read: each length is followed by so much.
  for (let at = file.headersAt; at < bytes.length; ) {
    let letterAt = at;
    while (isDigit(bytes[letterAt] ?? 0)) letterAt += 1;
    let start = letterAt + 1;
    while (isSpace(bytes[start] ?? 0)) start += 1;
    const end = start + Number(bytes.toString('latin1', at, letterAt));
    if (bytes[letterAt] !== star) headers.push(bytes.subarray(start, end));
    at = end;
  }
  const envelope = bytes.subarray(0, file.headersAt);
  const isWireFormat = envelope.lastIndexOf(wireFormatLine) > envelope.lastIndexOf(lineCountLine);
  return { headers: Buffer.concat(headers), isWireFormat };
}
