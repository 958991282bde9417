import PostalMime from 'postal-mime';
import { MailSourceError } from '../mail-source-error.ts';

/** As for the headers of a mail, and what the reference of this package's peers allow; deeper is an attack. */
const limits = { maxNestingDepth: 100, maxRfc822NestingDepth: 10 };

/**
 * The text/plain parts of a mail, decoded and joined by line feeds, lines ending with LF.
 *
 * @throws {MailSourceError} `BODY` when its parts are nested deeper than 100, or have headers of more than 2 MiB
 */
export async function bodyText(raw: Uint8Array, path: string): Promise<string> {
  try {
    const { text = '' } = await PostalMime.parse(raw, limits);
    return text.replaceAll('\r\n', '\n');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MailSourceError('ERR_MAIL_SOURCE_BODY', `has a body that cannot be read: ${reason}`, {
      file: path,
      cause,
    });
  }
}
