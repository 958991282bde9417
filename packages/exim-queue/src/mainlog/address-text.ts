/** Addresses in angle brackets that are tried, on a line that has more of them than Exim writes. */
const maxTries = 8;

/** A recipient in a line: where it went, whom the envelope names, and where that ends. */
export interface AddressText {
  readonly address: string;
  readonly recipient: string;
  readonly end: number;
}

/** Where an address ends that begins at `from`: before a blank that no quotes enclose, or at the first one if those never close. */
export function addressEnd(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 34) isQuoted = !isQuoted;
    else if (character === 92 && isQuoted) at += 1;
    else if (character === 32 && !isQuoted) return at;
  }
  if (!isQuoted) return text.length;
  const blank = text.indexOf(' ', from);
  return blank < 0 ? text.length : blank;
}

/**
 * The recipient that begins at `from`: `local <"lo cal"@domain>`, `member@domain <alias@domain>`, `|pipe <user@domain>`, or an
 * address alone.
 *
 * Exim writes the first part without quotes, so a recipient who may choose his local part can make it look like anything.
 * The second part is quoted, and tells: it is the one of which the first part is the local part.
 */
export function addressText(text: string, from: number): AddressText {
  let first: AddressText | undefined;
  for (let at = text.indexOf(' <', from), tries = 0; at >= 0 && tries < maxTries; at = text.indexOf(' <', at + 1)) {
    tries += 1;
    const end = bracketEnd(text, at + 2);
    if (end === undefined) continue;
    const found = { address: text.slice(from, at), recipient: text.slice(at + 2, end), end: end + 1 };
    if (isUnquoted(found.address, found.recipient)) return found;
    first ??= found;
  }
  const end = addressEnd(text, from);
  const alone = text.slice(from, end);
  if (first !== undefined && (follows(text, end, from + first.address.length) || /^[|/>:]/.test(alone))) {
    return { ...first, address: first.address.startsWith(`${alone} (`) ? alone : first.address };
  }
  const address = alone.endsWith(':') ? alone.slice(0, -1) : alone;
  return { address, recipient: address, end: from + address.length };
}

/** Whether the bracketed address follows at once, or behind the addresses between (`+all_parents`). */
const follows = (text: string, end: number, bracketAt: number): boolean =>
  end === bracketAt || (text.startsWith(' (', end) && text[bracketAt - 1] === ')');

/** Where an address in angle brackets ends, if it is one and the line goes on as it does behind one. */
function bracketEnd(text: string, from: number): number | undefined {
  let isQuoted = false;
  let hasDomain = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 34) isQuoted = !isQuoted;
    else if (isQuoted) at += character === 92 ? 1 : 0;
    else if (character === 64) hasDomain = true;
    else if (character === 32 || character === 60) return undefined;
    else if (character === 62) {
      const isEnd = at + 1 === text.length || text[at + 1] === ' ' || text[at + 1] === ':';
      return hasDomain && isEnd ? at : undefined;
    }
  }
  return undefined;
}

/** Whether the first is the second's local part without quotes, or that with the domain; in any case of letters. */
function isUnquoted(address: string, recipient: string): boolean {
  if (address.length > recipient.length) return false;
  const at = recipient.lastIndexOf('@');
  const local = unquoted(recipient.slice(0, at)).toLowerCase();
  const lower = address.toLowerCase();
  return lower === local || lower === local + recipient.slice(at).toLowerCase();
}

const unquoted = (local: string): string =>
  local.startsWith('"') && local.endsWith('"') && local.length > 1
    ? local.slice(1, -1).replaceAll(/\\(.)/gu, '$1')
    : local;
