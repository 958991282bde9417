import { asciiMembers, type CharSet } from '../chars/char-set.ts';
import { countOf } from '../chars/ranges.ts';
import type { Node } from '../python-regex/ast.ts';

/** Most texts of a group that is referred to: each multiplies the program. */
const maxTexts = 16;

const join = (left: readonly string[], right: readonly string[]): readonly string[] | undefined =>
  left.length * right.length > maxTexts ? undefined : left.flatMap((head) => right.map((tail) => head + tail));

function textsOfSet(set: CharSet): readonly string[] | undefined {
  const members = asciiMembers(set);
  const last = set.ranges.at(-1);
  const beyondAscii = set.negated || set.classes.length > 0 || (last !== undefined && last[1] > 127);
  if (beyondAscii || countOf(members) > maxTexts) return undefined;
  return members.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)),
  );
}

/** The texts that a node can match, in the order of priority; undefined when they are many, or the node is not plain. */
export function finiteTexts(node: Node): readonly string[] | undefined {
  switch (node.type) {
    case 'char':
      return textsOfSet(node.set);
    case 'sequence':
      return node.items.reduce<readonly string[] | undefined>(
        (texts, item) => {
          const tails = texts === undefined ? undefined : finiteTexts(item);
          return texts === undefined || tails === undefined ? undefined : join(texts, tails);
        },
        [''],
      );
    case 'choice': {
      const branches = node.branches.map(finiteTexts);
      const texts = branches.flatMap((branch) => branch ?? []);
      return branches.includes(undefined) || texts.length > maxTexts ? undefined : texts;
    }
    case 'repeat': {
      if (node.min !== 0 || node.max !== 1 || node.mode === 'possessive') return undefined;
      const texts = finiteTexts(node.body);
      if (texts === undefined || texts.includes('')) return undefined;
      return node.mode === 'lazy' ? ['', ...texts] : [...texts, ''];
    }
    default:
      return undefined;
  }
}
