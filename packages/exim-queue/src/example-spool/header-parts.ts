import type { ExampleHeader, ExampleMessage } from './example-message.ts';
import { mailDate } from './mail-date.ts';

/** The letters by which Exim knows headers that it looks for. */
const letters: ReadonlyMap<string, string> = new Map([
  ['bcc', 'B'],
  ['cc', 'C'],
  ['from', 'F'],
  ['message-id', 'I'],
  ['received', 'P'],
  ['reply-to', 'R'],
  ['sender', 'S'],
  ['to', 'T'],
]);

const letterOf = (text: string): string => letters.get(text.slice(0, text.indexOf(':')).toLowerCase()) ?? ' ';

/** Text as one character per byte, which is how all of -H is put together: a header need not be UTF-8. */
export const asBytes = (text: string | Uint8Array): string => {
  if (typeof text !== 'string') return Buffer.from(text).toString('latin1');
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
};

function headerPart(header: string | ExampleHeader): string {
  const { letter, text } = typeof header === 'string' ? { letter: undefined, text: header } : header;
  const given = asBytes(text);
  const whole = given.endsWith('\n') ? given : `${given}\n`;
  return `${String(whole.length).padStart(3, '0')}${letter ?? letterOf(given)} ${whole}`;
}

const addressOf = (recipient: ExampleMessage['recipients'][number] | undefined): string =>
  typeof recipient === 'string' ? recipient : (recipient?.address ?? '');

/** The header that the receiving Exim adds. */
function receivedHeader(message: ExampleMessage, id: string): string {
  const { host, sender, recipients, receivedMs } = message;
  const { protocol = host === undefined ? 'local' : 'esmtp', login = 'Debian-exim' } = message;
  const from = host === undefined ? login : `${host.name ?? host.helo ?? 'unknown'} ([${host.address}])`;
  const envelope = sender === '' ? '' : `\t(envelope-from <${sender}>)\n`;
  const receiver = recipients.length === 1 ? `\n\tfor ${addressOf(recipients[0])}` : '';
  return `Received: from ${from}\n\tby queue.example with ${protocol} (Exim 4.98)\n${envelope}\tid ${id}${receiver};\n\t${mailDate(receivedMs)}`;
}

/** The headers of a message as -H has them, one character per byte. */
export function headerParts(message: ExampleMessage, id: string): string {
  const { headers = [`From: <${message.sender}>`, `To: ${addressOf(message.recipients[0])}`] } = message;
  return [receivedHeader(message, id), ...headers].map(headerPart).join('');
}
