import { isMessageId } from '../id/is-message-id.ts';
import { addressEnd } from './address-text.ts';
import { logFields } from './log-fields.ts';
import type { MessageArrived } from './mainlog-event.ts';

/** Places that are tried for the beginning of a field whose text others choose. */
const maxTries = 16;
const noWords = /(?!)/u;

type Arrival = Omit<MessageArrived, 'timeMs' | 'pid' | 'path' | 'offset' | 'id'>;

/** What `<= sender …` tells, from `from` on; undefined without a sender. */
export function arrivalLine(text: string, from: number, isFakeReject: boolean): Arrival | undefined {
  const senderEnd = addressEnd(text, from);
  if (senderEnd === from) return undefined;
  const logged = text.slice(from, senderEnd);
  const { values, host, end } = logFields(text, senderEnd, noWords, true);
  const { messageId, subject, recipients } = strangersText(text, end, ` from <${logged === '<>' ? '' : logged}>`);
  const parentId = values.get('R');
  const user = values.get('U');
  const protocol = values.get('P');
  const auth = values.get('A');
  const size = values.get('S');
  const queue = values.get('Q');
  return {
    kind: 'arrived',
    sender: logged === '<>' ? '' : logged,
    ...(parentId !== undefined && isMessageId(parentId) && { parentId }),
    ...(host !== undefined && { host }),
    ...(user !== undefined && { user }),
    ...(protocol !== undefined && { protocol }),
    ...(auth !== undefined && { authId: auth.slice(auth.indexOf(':') + 1) }),
    ...(size !== undefined && /^\d{1,15}$/.test(size) && { sizeBytes: Number(size) }),
    ...(messageId !== undefined && { messageId }),
    ...(subject !== undefined && { subject }),
    ...(recipients !== undefined && { recipients }),
    ...(queue !== undefined && { queue }),
    isFakeReject,
  };
}

interface StrangersText {
  readonly messageId?: string;
  readonly subject?: string;
  readonly recipients?: readonly string[];
}

/**
 * ` id=… T="…" from <…> for …`, each part optional. A Message-ID is not quoted and may imitate what follows it, so the
 * others are looked for from the right; in a subject quotes are escaped.
 */
function strangersText(text: string, from: number, senderPart: string): StrangersText {
  const subjectPart = lastSubject(text, from);
  let at = subjectPart?.end ?? from;
  let idEnd = subjectPart?.start ?? text.length;
  let recipients: readonly string[] | undefined;
  if (subjectPart === undefined) {
    const forAt = lastFor(text, from);
    if (forAt !== undefined) {
      recipients = addressesFrom(text, forAt + 5);
      idEnd = forAt;
    }
    if (text.endsWith(senderPart, idEnd)) idEnd -= senderPart.length;
  } else {
    if (text.startsWith(senderPart, at)) at += senderPart.length;
    if (text.startsWith(' for ', at)) recipients = addressesFrom(text, at + 5);
  }
  const idAt = text.startsWith(' id=', from) ? from + 4 : text.startsWith(' id*=', from) ? from + 5 : undefined;
  return {
    ...(idAt !== undefined && idAt <= idEnd && { messageId: text.slice(idAt, idEnd) }),
    ...(subjectPart !== undefined && { subject: unescaped(text.slice(subjectPart.start + 4, subjectPart.end - 1)) }),
    ...(recipients !== undefined && { recipients }),
  };
}

/** The last ` T="…"` that ends where a subject can end. */
function lastSubject(text: string, from: number): { start: number; end: number } | undefined {
  let start = text.lastIndexOf(' T="');
  for (let tries = 0; start >= from && tries < maxTries; tries += 1) {
    const end = quoteEnd(text, start + 4);
    const isEnd = end !== undefined && /^(?:$| from <| for )/u.test(text.slice(end, end + 7));
    if (isEnd) return { start, end };
    if (start === 0) break;
    start = text.lastIndexOf(' T="', start - 1);
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
function lastFor(text: string, from: number): number | undefined {
  let at = text.lastIndexOf(' for ');
  for (let tries = 0; at >= from && tries < maxTries; tries += 1) {
    if (addressesFrom(text, at + 5) !== undefined) return at;
    if (at === 0) break;
    at = text.lastIndexOf(' for ', at - 1);
  }
  return undefined;
}

/** The addresses up to the line's end; undefined where something else is among them. */
function addressesFrom(text: string, from: number): readonly string[] | undefined {
  const addresses: string[] = [];
  for (let at = from; at < text.length; ) {
    const end = addressEnd(text, at);
    const address = text.slice(at, end);
    const quotes = address.replaceAll(/\\./gu, '').split('"').length - 1;
    if (!address.includes('@') || quotes % 2 === 1) return undefined;
    addresses.push(address);
    at = end + 1;
  }
  return addresses.length > 0 ? addresses : undefined;
}

const unescaped = (subject: string): string => subject.replaceAll(/\\(["\\])/gu, '$1');
