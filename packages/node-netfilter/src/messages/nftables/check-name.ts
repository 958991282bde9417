import { cutText } from '@sluice/pipeline';
import { NodeNetfilterError } from '../../node-netfilter-error.ts';

const name = /^[A-Za-z][\w./-]{0,126}$/;
const device = /^[^\s/\0]{1,15}$/;
const maxShownChars = 140;

const bad = (what: string, expected: string, value: unknown): NodeNetfilterError => {
  const shown = typeof value === 'string' ? JSON.stringify(cutText(value, maxShownChars)) : String(value);
  return new NodeNetfilterError('NAME', `${what} must be ${expected}, not ${shown}`, { value });
};

/**
 * A name that nft takes too.
 *
 * @param what whose name it is, for the message
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME`
 */
export function checkName(what: string, value: unknown): string {
  if (typeof value === 'string' && name.test(value)) return value;
  throw bad(`the name of a ${what}`, 'a letter, then letters, digits, _, -, . and /, at most 127 in all', value);
}

/** A name that the kernel may have given itself (`__set0`), or that nft could not write, in order to ask for it. */
export function checkAskedName(what: string, value: unknown): string {
  if (typeof value === 'string' && /^[!-~][ -~]{0,254}$/.test(value)) return value;
  throw bad(`the name of a ${what}`, 'of 1 to 255 printable ASCII characters', value);
}

/** Name of a network device (`IFNAMSIZ`, linux/if.h). */
export function checkDevice(value: unknown): string {
  if (typeof value === 'string' && device.test(value) && isAscii(value)) return value;
  throw bad('the name of a device', 'of 1 to 15 ASCII characters without blanks and /', value);
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);
