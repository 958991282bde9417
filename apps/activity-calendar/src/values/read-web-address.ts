import { ValueFault } from '@sluice/command-line';

/** An http or https address without a password in it: one on the command line is seen by every user of the machine. */
export function readWebAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new ValueFault('an http or https address', text);
  if (url.password !== '') throw new ValueFault('an address without a password', text.replace(url.password, '…'));
  return text;
}
