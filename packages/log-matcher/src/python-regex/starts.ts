import { type CharSet, charSetHas } from '../chars/char-set.ts';
import type { Node } from './ast.ts';

/** Index that stands for every character beyond ASCII. */
const beyondAscii = 128;

interface First {
  /** 1 for each ASCII character that a match can begin with, and for those beyond at index 128. */
  readonly chars: Uint8Array;
  /** Whether the node can match without a character. */
  readonly nullable: boolean;
}

const nothing = (nullable: boolean): First => ({ chars: new Uint8Array(beyondAscii + 1), nullable });
const anything: First = { chars: new Uint8Array(beyondAscii + 1).fill(1), nullable: true };

function firstOfSet(set: CharSet): First {
  const chars = Uint8Array.from({ length: beyondAscii + 1 }, (_, code) => (charSetHas(set, code) ? 1 : 0));
  // Which ones beyond ASCII is not worth asking.
  chars[beyondAscii] = 1;
  return { chars, nullable: false };
}

function union(parts: readonly First[]): First {
  const all = nothing(parts.some(({ nullable }) => nullable));
  for (const { chars } of parts) for (let i = 0; i <= beyondAscii; i++) (all.chars[i] as number) |= chars[i] as number;
  return all;
}

function firstOfSequence(items: readonly Node[]): First {
  const parts: First[] = [];
  for (const item of items) {
    const first = firstOf(item);
    parts.push({ ...first, nullable: false });
    if (!first.nullable) return union(parts);
  }
  return { ...union(parts), nullable: true };
}

function firstOf(node: Node): First {
  switch (node.type) {
    case 'char':
      return firstOfSet(node.set);
    case 'sequence':
      return firstOfSequence(node.items);
    case 'choice':
      return union(node.branches.map(firstOf));
    case 'conditional':
      return union([firstOf(node.yes), firstOf(node.no)]);
    case 'group':
    case 'atomic':
      return firstOf(node.body);
    case 'repeat':
      return node.min === 0 ? { ...firstOf(node.body), nullable: true } : firstOf(node.body);
    case 'back-reference':
      return anything;
    case 'assertion':
    case 'look':
      return nothing(true);
  }
}

/** Table of what a match can begin with, ASCII and (index 128) all beyond; undefined when it can be empty. */
export function firstChars(root: Node): Uint8Array | undefined {
  const first = firstOf(root);
  return first.nullable ? undefined : first.chars;
}

/** Whether a match can begin only where the subject begins. */
export function isAnchored(node: Node): boolean {
  switch (node.type) {
    case 'assertion':
      return node.kind === 'text-start';
    case 'sequence': {
      for (const item of node.items) {
        if (isAnchored(item)) return true;
        if (item.type !== 'assertion' && item.type !== 'look') return false;
      }
      return false;
    }
    case 'choice':
      return node.branches.every(isAnchored);
    case 'group':
    case 'atomic':
      return isAnchored(node.body);
    case 'repeat':
      return node.min > 0 && isAnchored(node.body);
    default:
      return false;
  }
}
