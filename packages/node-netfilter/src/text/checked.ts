import { checkName } from '../messages/nftables/check-name.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { nftWords } from './nft-words.ts';

const devicePattern = /^[\w.@+-]{1,15}$/;

const show = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : String(value);

/**
 * A name that may be written into a text for nft.
 *
 * @param what whose name it is: `table`
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME`
 */
export function checkedName(what: string, name: string): string {
  checkName(what, name);
  if (!nftWords.has(name)) return name;
  throw new NodeNetfilterError('NAME', `the name of a ${what} must not be ${name}, which is a word of nft's language`, {
    value: name,
    cure: 'take another name, or use netlink',
  });
}

/** A name of a network device, without what would end nft's quotes. */
export function checkedDevice(name: string): string {
  if (typeof name === 'string' && devicePattern.test(name)) return name;
  const expected = 'of 1 to 15 letters, digits, _, -, ., @ and +';
  throw new NodeNetfilterError('NAME', `the name of a device must be ${expected}, not ${show(name)}`, { value: name });
}

/**
 * One of the words that there are: a caller without TypeScript gets no others into a text for nft.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`
 */
export function checkedWord<T extends string>(what: string, word: T, words: readonly NoInfer<T>[]): T {
  if (words.includes(word)) return word;
  throw new NodeNetfilterError('OPTION', `${what} must be one of ${words.join(', ')}, not ${show(word)}`, {
    value: word,
  });
}

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION` */
export function checkedInteger(what: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new NodeNetfilterError('OPTION', `${what} must be an integer from ${min} to ${max}, not ${show(value)}`, {
    value,
  });
}
