import type { KeyType, NftSet, SetFlag } from '../ruleset/set.ts';
import { checkedInteger, checkedWord } from './checked.ts';

const keyTypes: readonly KeyType[] = ['ipv4_addr', 'ipv6_addr', 'inet_proto', 'inet_service'];
const setFlags: readonly SetFlag[] = ['constant', 'dynamic', 'interval', 'timeout'];
const maxElements = 2 ** 32 - 1;

/** What a set is, in braces. */
export function setText({ key, flags = [], maxElements: size, counters }: NftSet): string {
  const types = key.map((type) => checkedWord('a type of a key', type, keyTypes)).join(' . ');
  const flagged = flags.map((flag) => checkedWord('a flag of a set', flag, setFlags)).join(',');
  return [
    `{ type ${types};`,
    ...(flagged === '' ? [] : [`flags ${flagged};`]),
    ...(size === undefined ? [] : [`size ${checkedInteger('maxElements', size, 1, maxElements)};`]),
    ...(counters === true ? ['counter;'] : []),
    '}',
  ].join(' ');
}
