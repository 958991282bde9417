import { NodeNetfilterError } from '../../node-netfilter-error.ts';

/** Longest comment that nft writes; with NUL, type and length it is to fit into a byte's count. */
const maxBytes = 127;
const encoder = new TextEncoder();

/**
 * The comment as the kernel keeps it: UTF-8 with a NUL, cut between two characters where it is longer than 127 bytes.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME` when it has a NUL, which would end it before its end
 */
export function commentBytes(comment: string): Uint8Array {
  if (typeof comment !== 'string' || comment.includes('\0')) {
    throw new NodeNetfilterError('NAME', 'a comment must be a text without NUL', { value: comment });
  }
  const bytes = new Uint8Array(maxBytes + 1);
  const { written } = encoder.encodeInto(comment, bytes.subarray(0, maxBytes));
  return bytes.subarray(0, written + 1);
}
