import type { ByteLines } from './byte-lines.ts';

const yes = 89;
/** Of a node: two marks, a blank and at least one byte. */
const minNodeBytes = 4;

/**
 * Passes the tree of addresses that are delivered: `XX`, or its nodes in pre-order, `YN address`, where a `Y` says that a
 * left and a right child follow. Counts the nodes that are to come, and so needs no stack, however deep the tree is.
 */
export function passTree(lines: ByteLines): 'ok' | 'ended' | 'damaged' {
  const { bytes } = lines;
  let awaited = 1;
  for (let isFirst = true; awaited > 0; isFirst = false) {
    if (!lines.next()) return 'ended';
    const { start, end } = lines;
    if (isFirst && end - start === 2 && bytes[start] === 88 && bytes[start + 1] === 88) return 'ok';
    if (end - start < minNodeBytes) return 'damaged';
    awaited += (bytes[start] === yes ? 1 : 0) + (bytes[start + 1] === yes ? 1 : 0) - 1;
  }
  return 'ok';
}

const none: ReadonlySet<string> = new Set();

/**
 * The addresses of a tree that was passed, and those of the journal. Leaves the lines where they are.
 *
 * @param start of the tree
 * @param end of the tree
 */
export function deliveredAddresses(
  lines: ByteLines,
  start: number,
  end: number,
  journal: readonly string[],
): ReadonlySet<string> {
  const isEmpty = end - start === 3;
  if (isEmpty && journal.length === 0) return none;
  const delivered = new Set(journal);
  const { at } = lines;
  lines.at = start;
  while (!isEmpty && lines.at < end && lines.next()) delivered.add(lines.text(lines.start + 3, lines.end));
  lines.at = at;
  return delivered;
}
