import { commentData } from '../messages/nftables/user-data.ts';

/** What may not stand in nft's quotes, which know no escape. */
const unquotable = /["\p{Cc}]/gu;
const decoder = new TextDecoder();

/**
 * ` comment "…"`, or nothing without one. nft can write neither quotes nor control characters in it: a double quote
 * becomes a single one, the others `?`. What is longer than 127 bytes is cut behind a character.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME` when it has a NUL
 */
export function commentText(comment: string | undefined): string {
  if (comment === undefined || comment === '') return '';
  const kept = decoder.decode(commentData(comment).subarray(2, -1));
  return ` comment "${kept.replace(unquotable, (char) => (char === '"' ? "'" : '?'))}"`;
}
