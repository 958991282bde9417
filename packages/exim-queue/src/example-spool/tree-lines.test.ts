import fc from 'fast-check';
import { treeLines } from './tree-lines.ts';

/** The addresses of a tree in its order, which a search relies on, and its depth. */
function readTree(text: string): { readonly addresses: readonly string[]; readonly depth: number } {
  const lines = text.split('\n');
  const node = (depth: number): { addresses: string[]; depth: number } => {
    const [line = ''] = lines.splice(0, 1);
    const none = { addresses: [], depth };
    const left = line[0] === 'Y' ? node(depth + 1) : none;
    const right = line[1] === 'Y' ? node(depth + 1) : none;
    return {
      addresses: [...left.addresses, line.slice(3), ...right.addresses],
      depth: Math.max(left.depth, right.depth),
    };
  };
  const tree = node(1);
  expect(lines).toEqual(['']);
  return tree;
}

test('a tree without addresses is XX', () => {
  expect(treeLines([])).toBe('XX\n');
});

test('every address is in the tree once, in the order of its bytes, no deeper than need be', () => {
  const address = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/\n/.test(text));
  fc.assert(
    fc.property(fc.array(address, { minLength: 1 }), (addresses) => {
      const { addresses: read, depth } = readTree(treeLines(addresses));
      const unique = [...new Set(addresses)];
      expect(read).toEqual(unique.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(depth).toBe(Math.floor(Math.log2(unique.length)) + 1);
    }),
  );
});
