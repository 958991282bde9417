import { addressEnd } from './address-text.ts';
import type { Draft } from './draft.ts';
import type { MessageArrived } from './mainlog-event.ts';

/** Places that are tried for the beginning of a field whose text others choose. */
const maxTries = 16;
const subjectStart = ' T="';
const recipientsStart = ' for ';

/**
 * Reads ` id=… T="…" from <…> for …`, each part optional. A Message-ID is not quoted and may imitate what follows it, so the
 * others are looked for from the right; in a subject quotes are escaped.
 */
export function strangersText(text: string, from: number, senderPart: string, draft: Draft<MessageArrived>): void {
  const subject = lastSubject(text, from);
  let idEnd = text.length;
  if (subject !== undefined) {
    draft.subject = unescaped(text.slice(subject.start + subjectStart.length, subject.end - 1));
    idEnd = subject.start;
    const at = subject.end + (text.startsWith(senderPart, subject.end) ? senderPart.length : 0);
    const recipients = text.startsWith(recipientsStart, at)
      ? addressesFrom(text, at + recipientsStart.length)
      : undefined;
    if (recipients !== undefined) draft.recipients = recipients;
  } else {
    const found = lastRecipients(text, from);
    if (found !== undefined) {
      draft.recipients = found.recipients;
      idEnd = found.start;
    }
    if (text.endsWith(senderPart, idEnd)) idEnd -= senderPart.length;
  }
  const idAt = text.startsWith(' id=', from) ? from + 4 : text.startsWith(' id*=', from) ? from + 5 : undefined;
  if (idAt !== undefined && idAt <= idEnd) draft.messageId = text.slice(idAt, idEnd);
}

/** The last ` T="…"` that ends where a subject can end. */
function lastSubject(text: string, from: number): { start: number; end: number } | undefined {
  let start = text.lastIndexOf(subjectStart);
  for (let tries = 0; start >= from && tries < maxTries; tries += 1) {
    const end = quoteEnd(text, start + subjectStart.length);
    if (end !== undefined && (end === text.length || text.startsWith(' from <', end) || text.startsWith(' for ', end)))
      return { start, end };
    if (start === 0) break;
    start = text.lastIndexOf(subjectStart, start - 1);
  }
  return undefined;
}

/** Index behind the closing quote. */
function quoteEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 92) at += 1;
    else if (character === 34) return at + 1;
  }
  return undefined;
}

/** The last ` for ` that only addresses follow. */
function lastRecipients(text: string, from: number): { start: number; recipients: readonly string[] } | undefined {
  let start = text.lastIndexOf(recipientsStart);
  for (let tries = 0; start >= from && tries < maxTries; tries += 1) {
    const recipients = addressesFrom(text, start + recipientsStart.length);
    if (recipients !== undefined) return { start, recipients };
    if (start === 0) break;
    start = text.lastIndexOf(recipientsStart, start - 1);
  }
  return undefined;
}

/** The addresses up to the line's end; undefined where something else is among them. */
function addressesFrom(text: string, from: number): readonly string[] | undefined {
  const addresses: string[] = [];
  for (let at = from; at < text.length; ) {
    const end = addressEnd(text, at);
    const address = text.slice(at, end);
    if (!address.includes('@') || !hasClosedQuotes(address)) return undefined;
    addresses.push(address);
    at = end + 1;
  }
  return addresses.length > 0 ? addresses : undefined;
}

const hasClosedQuotes = (address: string): boolean =>
  !address.includes('"') || (address.replaceAll(/\\./gu, '').split('"').length - 1) % 2 === 0;

const unescaped = (subject: string): string =>
  subject.includes('\\') ? subject.replaceAll(/\\(["\\])/gu, '$1') : subject;
