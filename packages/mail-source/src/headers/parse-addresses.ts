import type { MailAddress } from '../mail-message.ts';
import { addressTokens } from './address-token.ts';
import { decodeHeader, type OnUnknownCharset } from './decode-header.ts';
import { oneLine } from './one-line.ts';
import { rawText } from './raw-text.ts';
import { trimBlanks } from './trim-blanks.ts';

const route = /^@[^:]*:/;
const blanks = /[ \t\r\n]+/g;

/**
 * An address as written, but without a route (RFC 5322, 4.4: `<@relay:me@example.org>`) and blanks. It may hold UTF-8
 * (RFC 6532), but no encoded words.
 */
const addressOf = (raw: string): string => oneLine(rawText(trimBlanks(raw).replace(route, '').replace(blanks, '')));

/** One mailbox that is being put together. */
class MailboxParts {
  readonly phrase: string[] = [];
  #hasQuotes = false;
  #angle: string | undefined;
  #comment = '';

  get isEmpty(): boolean {
    return this.phrase.length === 0 && this.#angle === undefined;
  }

  add(kind: string, value: string): void {
    if (kind === 'comment') this.#comment ||= value;
    else if (kind === 'angle') this.#angle ??= value;
    else {
      this.phrase.push(value);
      this.#hasQuotes ||= kind === 'quoted';
    }
  }

  finish(onUnknown: OnUnknownCharset | undefined): MailAddress {
    if (this.#angle === undefined) this.#angle = this.#bareAddress();
    const name = this.phrase.length > 0 ? this.phrase.join(' ') : this.#comment;
    return { name: decodeHeader(name, onUnknown), address: addressOf(this.#angle) };
  }

  /** `me@example.org (Me)`, `Me me@example.org`, `root`: takes the address out of the phrase. */
  #bareAddress(): string {
    const only = this.phrase.length === 1 && !this.#hasQuotes;
    const at = only ? 0 : this.phrase.findIndex((word) => word.includes('@') && !word.includes('=?'));
    if (at === -1 || this.phrase[at]?.includes('=?')) return '';
    const [address = ''] = this.phrase.splice(at, 1);
    return address;
  }
}

/**
 * The mailboxes of a From, To or Cc header (RFC 5322, 3.4, and its obsolete forms), groups dissolved. Commas and
 * brackets within quotes, comments and encoded words do not separate. What is malformed gives what can be made of it;
 * takes linear time.
 *
 * @param raw the value, unfolded, as Latin-1
 */
export function parseAddresses(raw: string, onUnknown?: OnUnknownCharset): MailAddress[] {
  const addresses: MailAddress[] = [];
  let parts = new MailboxParts();
  const finish = (): void => {
    if (!parts.isEmpty) addresses.push(parts.finish(onUnknown));
    parts = new MailboxParts();
  };
  for (const { kind, value } of addressTokens(raw)) {
    if (kind !== 'mark') parts.add(kind, value);
    // What comes before a colon is the name of a group.
    else if (value === ':') parts = new MailboxParts();
    else finish();
  }
  finish();
  return addresses;
}
