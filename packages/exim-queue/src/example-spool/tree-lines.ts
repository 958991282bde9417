const order = (a: Buffer, b: Buffer): number => Buffer.compare(a, b);

/**
 * Addresses that are delivered, as -H has them: a binary tree in pre-order, each node with two letters that say whether it
 * has a left and a right branch. Exim finds addresses in it by their bytes, so it is in order; it is as flat as can be.
 */
export function treeLines(addresses: readonly string[]): string {
  const sorted = [...new Set(addresses)].map((address) => Buffer.from(address)).sort(order);
  if (sorted.length === 0) return 'XX\n';
  const node = (from: number, to: number): string => {
    const middle = (from + to) >> 1;
    const [left, right] = [from < middle, middle + 1 < to];
    const line = `${left ? 'Y' : 'N'}${right ? 'Y' : 'N'} ${sorted[middle]?.toString() ?? ''}\n`;
    return `${line}${left ? node(from, middle) : ''}${right ? node(middle + 1, to) : ''}`;
  };
  return node(0, sorted.length);
}
