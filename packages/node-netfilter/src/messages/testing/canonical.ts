import { messageType } from '../netlink/message-type.ts';

type Tree = readonly [type: number, value: string | readonly Tree[]];

const nested = 0x8000;

function treeOf(bytes: Buffer): Tree[] {
  const trees: Tree[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    const type = bytes.readUInt16LE(at + 2);
    const data = bytes.subarray(at + 4, at + length);
    trees.push([type & 0x3fff, (type & nested) !== 0 ? treeOf(data) : data.toString('hex')]);
    at += (length + 3) & ~3;
  }
  // Attributes may come in any order; those of one type, which are a list, keep theirs.
  return trees.sort(([a], [b]) => a - b);
}

const without = (trees: readonly Tree[], ...types: number[]): Tree[] => trees.filter(([type]) => !types.includes(type));

/** nft puts an end at the lowest key in front of all ranges, which ends none. */
const isEndBeforeAll = ([, element]: Tree): boolean =>
  /^\[\[1,\[\[1,"0+"\]\]\],\[3,"00000001"\]\]$/.test(JSON.stringify(element));

/** An item of a list: nft counts elements on where others give each the type 1. */
const elements = (trees: readonly Tree[], ...ignored: number[]): Tree[] =>
  trees.map(([type, value]) =>
    type === 3 && typeof value !== 'string'
      ? [
          type,
          value
            .filter((item) => !isEndBeforeAll(item))
            .map(([, item]) => [1, typeof item === 'string' ? item : without(item, ...ignored)] as const),
        ]
      : [type, value],
  );

/** The order of devices, which is none. */
const devices = (trees: readonly Tree[]): Tree[] =>
  trees.map(([type, value]) =>
    type === 4 && typeof value !== 'string'
      ? [type, value.map(([attribute, list]): Tree => [attribute, typeof list === 'string' ? list : [...list].sort()])]
      : [type, value],
  );

const expressions = (trees: readonly Tree[]): Tree[] =>
  trees.map(([type, list]) => {
    if (type !== 4 || typeof list === 'string') return [type, list];
    return [
      type,
      list.map(([item, parts]): Tree => {
        const [[, name] = [], [, data] = []] = parts as readonly Tree[];
        if (typeof data === 'string' || data === undefined) return [item, parts];
        const known = Buffer.from(String(name), 'hex').toString().replace('\0', '');
        // The number of the set in the batch, and the operation, which is the kernel's default.
        const left = known === 'lookup' ? without(data, 4) : known === 'bitwise' ? without(data, 6) : data;
        return [
          item,
          [
            [1, known],
            [2, left],
          ],
        ];
      }),
    ];
  });

/**
 * A message as what it says: attributes in the order of their types, and without what has no meaning for the kernel or
 * only within the batch. That is the number of a set, what nft keeps with a set for itself, and how items are counted.
 */
export function canonical(message: Uint8Array): unknown {
  const bytes = Buffer.from(message);
  const type = bytes.readUInt16LE(4);
  const trees = treeOf(bytes.subarray(20));
  const head = { type, family: bytes[16] };
  switch (type) {
    case messageType.newSet:
      return { ...head, trees: without(trees, 10, 13) };
    case messageType.newElements:
      return { ...head, trees: elements(without(trees, 4)) };
    case messageType.deleteElements:
      // Only keys count: timeout, what is left of it and user data are there because nft knows the element.
      return { ...head, trees: elements(trees, 4, 5, 6) };
    case messageType.newChain:
      return { ...head, trees: devices(trees) };
    case messageType.newRule:
      return { ...head, trees: expressions(trees) };
    default:
      return { ...head, trees };
  }
}
