import { type CharSet, membersUpTo } from '../chars/char-set.ts';
import type { Node } from '../python-regex/ast.ts';
import { type Cell, type Cells, eitherCase } from './literal.ts';

/** Most texts that a node is spelled out to. */
const maxTexts = 64;

const maxCellsPerChar = 10;
const maxRepeat = 8;

const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** A character that can stand in a line's bytes as its own UTF-8, and only so. */
function canStandInLine(code: number): boolean {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  // U+FFFD is also what an invalid byte decodes to, which then is not in the bytes.
  return code !== 0x0a && code !== 0xfffd && !isSurrogate;
}

function cellsOf(set: CharSet): readonly Cell[] | undefined {
  const members = membersUpTo(set, 2 * maxCellsPerChar);
  if (members === undefined || members.length === 0 || !members.every(canStandInLine)) return undefined;
  const cells = new Set<Cell>();
  for (const code of members) {
    const both = isLetter(code) && members.includes(code ^ 0x20);
    cells.add(both ? (code | 0x20) + eitherCase : code);
  }
  return cells.size <= maxCellsPerChar ? [...cells] : undefined;
}

type Texts = readonly Cells[] | undefined;

/** By set: patterns are mostly made of the same few. */
const textsOfSets = new WeakMap<CharSet, { readonly texts: Texts }>();

function textsOfSet(set: CharSet): Texts {
  let known = textsOfSets.get(set);
  if (known === undefined) {
    known = { texts: cellsOf(set)?.map((cell) => [cell]) };
    textsOfSets.set(set, known);
  }
  return known.texts;
}

/** Every way to put one of `heads` before one of `tails`; undefined when there are too many. */
export function product(heads: readonly Cells[], tails: readonly Cells[]): readonly Cells[] | undefined {
  if (heads.length * tails.length > maxTexts) return undefined;
  return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));
}

function productOf(items: readonly Node[]): readonly Cells[] | undefined {
  let texts: readonly Cells[] = [[]];
  let single: Cell[] = [];
  for (const item of items) {
    const tails = exactTexts(item);
    if (tails === undefined) return undefined;
    if (tails.length === 1) {
      single.push(...(tails[0] as Cells));
      continue;
    }
    const longer = product(product(texts, [single]) as readonly Cells[], tails);
    if (longer === undefined) return undefined;
    texts = longer;
    single = [];
  }
  return product(texts, [single]);
}

function repeated(once: readonly Cells[], min: number, max: number): readonly Cells[] | undefined {
  const all: Cells[] = [];
  let texts: readonly Cells[] | undefined = [[]];
  for (let count = 0; count <= max; count++) {
    if (count >= min) all.push(...texts);
    texts = product(texts, once);
    if (all.length > maxTexts || (texts === undefined && count < max)) return undefined;
    texts ??= [];
  }
  return all;
}

/**
 * All texts that a node can consume, where they are few; undefined where they are not, or where one has a character that
 * a line's bytes cannot be searched for. Assertions consume the empty text.
 */
export function exactTexts(node: Node): readonly Cells[] | undefined {
  if (node.type === 'char') return textsOfSet(node.set);
  let known = textsOfNodes.get(node);
  if (known === undefined) {
    known = { texts: spell(node) };
    textsOfNodes.set(node, known);
  }
  return known.texts;
}

/** By node: it is asked for again by each part around it. */
const textsOfNodes = new WeakMap<Node, { readonly texts: Texts }>();

function spell(node: Exclude<Node, { type: 'char' }>): Texts {
  switch (node.type) {
    case 'sequence':
      return productOf(node.items);
    case 'choice': {
      const all: Cells[] = [];
      for (const branch of node.branches) {
        const texts = exactTexts(branch);
        if (texts === undefined || all.length + texts.length > maxTexts) return undefined;
        all.push(...texts);
      }
      return all;
    }
    case 'group':
    case 'atomic':
      return exactTexts(node.body);
    case 'repeat': {
      const once = node.max > maxRepeat ? undefined : exactTexts(node.body);
      return once === undefined ? undefined : repeated(once, node.min, node.max);
    }
    case 'assertion':
    case 'look':
      return [[]];
    case 'back-reference':
    case 'conditional':
      return undefined;
  }
}
