import { isMessageId } from '../id/is-message-id.ts';
import { option } from '../option-check.ts';
import type { ExampleMessage } from './example-message.ts';

/** Names that folders of a spool have, and those of folders above. */
const takenNames: ReadonlySet<string> = new Set(['', '.', '..', 'db', 'input', 'log', 'msglog', 'Finput', 'Fmsglog']);
const queueName = /^[\w.-]{1,100}$/;
const lineBreak = /[\n\0]/;
const variableName = /^[cm]\w{1,64}$/;

/** Texts that get a line, or a part of one, to themselves. */
function* lineTexts(message: ExampleMessage): Generator<readonly [string, string | undefined]> {
  yield ['sender', message.sender];
  for (const recipient of message.recipients) {
    if (typeof recipient === 'string') yield ['recipients', recipient];
    else {
      yield ['recipients', recipient.address];
      yield ['recipients.originalRecipient', recipient.originalRecipient];
      yield ['recipients.errorsTo', recipient.errorsTo];
    }
  }
  for (const name of ['delivered', 'journal', 'flags', 'log'] as const) {
    for (const text of message[name] ?? []) yield [name, text];
  }
  for (const name of ['login', 'authId', 'protocol'] as const) yield [name, message[name]];
  for (const name of ['address', 'name', 'helo'] as const) yield [`host.${name}`, message.host?.[name]];
}

/**
 * Refuses a message that would become other lines, or other files, than it says.
 *
 * @throws {EximQueueError} `OPTION`
 */
export function checkMessage(message: ExampleMessage): void {
  const { id, queue = '', recipients, variables = {}, receivedMs } = message;
  if (id !== undefined && !isMessageId(id)) throw option.bad('id', 'a message id', id);
  if (queue !== '' && (takenNames.has(queue) || !queueName.test(queue)))
    throw option.bad('queue', 'a name of letters, digits, dots and hyphens that no folder of the spool has', queue);
  if (!Number.isFinite(receivedMs) || receivedMs < 0 || receivedMs >= 2 ** 32 * 1000)
    throw option.bad('receivedMs', 'milliseconds since the epoch, at most 32 bits of seconds', receivedMs);
  if (recipients.length === 0) throw option.bad('recipients', 'a list of at least one', recipients);
  for (const [name, text] of lineTexts(message)) {
    if (text !== undefined && lineBreak.test(text)) throw option.bad(name, 'a text without line break and NUL', text);
  }
  for (const name of Object.keys(variables)) {
    if (!variableName.test(name)) throw option.bad('variables', "names such as 'm_note' or 'c0'", name);
  }
}
