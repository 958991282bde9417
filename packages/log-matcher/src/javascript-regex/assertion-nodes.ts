import type { CharSet } from '../chars/char-set.ts';
import type { AssertionKind, LookNode, Node, Spanned } from '../python-regex/ast.ts';
import { wordRanges } from './class-ranges.ts';
import type { JavaScriptFlags } from './flags.ts';

/** JavaScript's line terminators. Python's multi-line anchors know `\n` alone, so these are spelled out. */
export const lineTerminators: CharSet = {
  negated: false,
  ranges: [
    [0x0a, 0x0a],
    [0x0d, 0x0d],
    [0x2028, 0x2029],
  ],
  classes: [],
};

const words: readonly CharSet[] = [false, true].map((ignoreCase) => ({
  negated: false,
  ranges: wordRanges(ignoreCase),
  classes: [],
}));

function lookAt(set: CharSet, behind: boolean, negated: boolean, { start, end }: Spanned): LookNode {
  const body: Node = { type: 'char', set, start, end };
  return { type: 'look', behind, negated, body, width: behind ? 1 : 0, start, end };
}

const eitherOf = (first: readonly Node[], second: readonly Node[], { start, end }: Spanned): Node => {
  const branches = [first, second].map((items): Node => {
    const [only] = items as [Node];
    return items.length === 1 ? only : { type: 'sequence', items, start, end };
  });
  return { type: 'choice', branches, start, end };
};

const assertion = (kind: AssertionKind, { start, end }: Spanned): Node => ({
  type: 'assertion',
  kind,
  ascii: true,
  start,
  end,
});

/** `\b` or `\B` as what stands on both sides. */
function boundary(negated: boolean, ignoreCase: boolean, span: Spanned): Node {
  const word = words[ignoreCase ? 1 : 0] as CharSet;
  const behind = (isWord: boolean): Node => lookAt(word, true, !isWord, span);
  const ahead = (isWord: boolean): Node => lookAt(word, false, !isWord, span);
  return eitherOf([behind(true), ahead(negated)], [behind(false), ahead(!negated)], span);
}

/**
 * `^`, `$`, `\b` or `\B` under the flags, as the nodes that mean it.
 *
 * `\B` is spelled out because Python finds none in an empty text, `\b` when ignoring case makes more characters words.
 */
export function assertionNode(token: string, { ignoreCase, multiline }: JavaScriptFlags, span: Spanned): Node {
  switch (token) {
    case '^':
      if (!multiline) return assertion('text-start', span);
      return eitherOf([assertion('text-start', span)], [lookAt(lineTerminators, true, false, span)], span);
    case '$':
      if (!multiline) return assertion('text-end', span);
      return eitherOf([assertion('text-end', span)], [lookAt(lineTerminators, false, false, span)], span);
    case '\\b':
      return ignoreCase ? boundary(false, true, span) : assertion('boundary', span);
    default:
      return boundary(true, ignoreCase, span);
  }
}
