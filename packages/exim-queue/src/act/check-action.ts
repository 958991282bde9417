import { option } from '../option-check.ts';
import type { QueueAction } from '../queue-action.ts';
import { isQueueName } from './is-queue-name.ts';

const kinds = [
  'remove',
  'freeze',
  'thaw',
  'deliver',
  'bounce',
  'markDelivered',
  'addRecipients',
  'editSender',
  'move',
] as const;
const maxAddressBytes = 4096;
const maxAddresses = 1000;
/** The system bounds a command line and the environment together; Linux: 2 MiB. */
const maxAddressesBytes = 1 << 18;

/**
 * Checks what an action carries: addresses become arguments of a command line, so none may look like an option or break a
 * line. Whether it is an address is for Exim to say.
 *
 * @throws {EximQueueError} `OPTION`
 */
export function checkAction(action: QueueAction): void {
  if (!kinds.includes(action.kind)) throw option.bad('action.kind', kinds.join(', '), action.kind);
  switch (action.kind) {
    case 'markDelivered':
      if (action.recipients !== 'all') checkAddresses(action.recipients);
      return;
    case 'addRecipients':
      checkAddresses(action.recipients);
      return;
    case 'editSender':
      if (action.sender !== '' && !isArgument(action.sender))
        throw option.bad('action.sender', expectedAddress, action.sender);
      return;
    case 'move':
      if (action.queue !== '' && !isQueueName(action.queue))
        throw option.bad('action.queue', "a queue's name, or '' for the main one", action.queue);
  }
}

function checkAddresses(addresses: unknown): void {
  const isList = Array.isArray(addresses) && addresses.length > 0 && addresses.length <= maxAddresses;
  if (!isList) throw option.bad('action.recipients', `a list of 1 to ${maxAddresses} addresses`, addresses);
  const wrong = addresses.findIndex((address) => !isArgument(address));
  if (wrong >= 0) throw option.bad(`action.recipients[${wrong}]`, expectedAddress, addresses[wrong]);
  const bytes = addresses.reduce((sum, address) => sum + Buffer.byteLength(address), 0);
  if (bytes > maxAddressesBytes)
    throw option.bad('action.recipients', `of ${maxAddressesBytes} bytes together at most`, bytes);
}

const expectedAddress = `an address of at most ${maxAddressBytes} bytes, without control characters or a leading -`;

const isArgument = (value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  !value.startsWith('-') &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  !/[\u0000-\u001f\u007f]/.test(value) &&
  Buffer.byteLength(value) <= maxAddressBytes;
