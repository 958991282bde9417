import type { MailAddress } from '../mail-message.ts';
import { type AddressToken, addressTokens } from './address-token.ts';
import { decodeHeader, type OnUnknownCharset } from './decode-header.ts';
import { oneLine } from './one-line.ts';
import { rawText } from './raw-text.ts';
import { trimBlanks } from './trim-blanks.ts';

const route = /^@[^:]*:/;
const blanks = /[ \t\r\n]+/g;

/**
 * An address as written, but without a route (RFC 5322, 4.4: `<@relay:me@example.org>`) and blanks outside quotes. It
 * may hold UTF-8 (RFC 6532), but no encoded words.
 */
function addressOf(raw: string): string {
  const address = trimBlanks(raw).replace(route, '');
  return oneLine(rawText(address.includes('"') ? address : address.replace(blanks, '')));
}

/** One mailbox that is being put together. */
class MailboxParts {
  readonly #phrase: AddressToken[] = [];
  #angle: string | undefined;
  #comment = '';

  get isEmpty(): boolean {
    return this.#phrase.length === 0 && this.#angle === undefined;
  }

  add(token: AddressToken): void {
    if (token.kind === 'comment') this.#comment ||= token.value;
    else if (token.kind === 'angle') this.#angle ??= token.value;
    else this.#phrase.push(token);
  }

  finish(onUnknown: OnUnknownCharset | undefined): MailAddress {
    const address = addressOf(this.#angle ?? this.#bareAddress());
    const name = this.#phrase.length > 0 ? this.#phrase.map(({ value }) => value).join(' ') : this.#comment;
    return { name: decodeHeader(name, onUnknown), address };
  }

  /** `me@example.org (Me)`, `Me me@example.org`, `root`: takes the address out of the phrase. */
  #bareAddress(): string {
    const isPlain = ({ kind, value }: AddressToken): boolean => kind === 'text' && !value.includes('=?');
    const isOnly = this.#phrase.length === 1;
    const at = this.#phrase.findIndex((token) => isPlain(token) && (isOnly || token.value.includes('@')));
    return at === -1 ? '' : (this.#phrase.splice(at, 1)[0]?.value ?? '');
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
  for (const token of addressTokens(raw)) {
    if (token.kind !== 'mark') parts.add(token);
    // What comes before a colon is the name of a group.
    else if (token.value === ':') parts = new MailboxParts();
    else finish();
  }
  finish();
  return addresses;
}
