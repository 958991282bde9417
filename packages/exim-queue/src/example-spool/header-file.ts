import type { BodyFacts } from './body-facts.ts';
import type { ExampleMessage } from './example-message.ts';
import { flagLines } from './flag-lines.ts';
import { asBytes, headerParts } from './header-parts.ts';
import { recipientLine } from './recipient-line.ts';
import { treeLines } from './tree-lines.ts';

/** The file -H of a message that is sound, one character per byte. */
export function headerFile(message: ExampleMessage, id: string, body: BodyFacts): string {
  const { sender, recipients, receivedMs, login = 'Debian-exim', uid = 0, gid = 0, warnings = 0 } = message;
  const envelope = [
    `${id}-H\n${login} ${uid} ${gid}\n<${sender}>\n${Math.floor(receivedMs / 1000)} ${warnings}\n`,
    flagLines(message, body),
    treeLines(message.delivered ?? []),
    `${recipients.length}\n`,
    ...recipients.map((recipient) => `${recipientLine(recipient)}\n`),
    '\n',
  ].join('');
  return `${asBytes(envelope)}${headerParts(message, id)}`;
}
