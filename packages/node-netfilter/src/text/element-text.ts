import { formatKey } from '../keys/format-key.ts';
import { parseKey } from '../keys/parse-key.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { commentText } from './comment-text.ts';
import { timeText } from './time-text.ts';

/**
 * A key as nft writes it. What comes out is made from the key's bytes: no character of what was given gets through.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY`
 */
export function keyText(key: string, { key: types, flags }: SetRef): string {
  const { bytes, lastBytes } = parseKey(key, types, flags?.includes('interval') === true);
  return formatKey(bytes, types, lastBytes);
}

/**
 * An element to be added.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY`, or `…_OPTION` for its time
 */
export function elementText({ key, timeoutMs, comment }: SetElement, set: SetRef): string {
  const isEndless = timeoutMs === undefined || timeoutMs === Number.POSITIVE_INFINITY;
  return keyText(key, set) + (isEndless ? '' : ` timeout ${timeText(timeoutMs)}`) + commentText(comment);
}
