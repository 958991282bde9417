import type { ExampleRecipient } from './example-message.ts';

const notifyBits = { success: 4, failure: 8, delay: 16 } as const;
const neverBit = 2;
const none = -1;

function notifyFlags({ notify }: ExampleRecipient): number {
  if (notify === undefined) return 0;
  if (notify === 'never') return neverBit;
  return notify.reduce((flags, event) => flags | notifyBits[event], 0);
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** A recipient's line of -H, without the break: what is told besides the address follows it, with lengths in bytes. */
export function recipientLine(recipient: string | ExampleRecipient): string {
  if (typeof recipient === 'string') return recipient;
  const { address, originalRecipient = '', errorsTo = '', notify, form } = recipient;
  const { parent = form === undefined ? none : 0 } = recipient;
  if (form === 'exim-3') return `${address} 0,0,${parent}`;
  if (form === 'exim-4.0') return `${address} ${parent}`;
  if (originalRecipient === '' && notify === undefined && errorsTo === '' && parent === none) return address;
  const notification = `${originalRecipient} ${bytes(originalRecipient)},${notifyFlags(recipient)}`;
  return `${address} ${notification} ${errorsTo} ${bytes(errorsTo)},${parent}#3`;
}
