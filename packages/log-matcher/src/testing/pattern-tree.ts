import fc from 'fast-check';

/**
 * A pattern as a tree, so that references can be given to groups that exist once the text is written.
 *
 * @typeParam Own nodes that only one dialect has, or writes by its own rules
 */
export type PatternTree<Own> = Plain<Own> | GroupTree<Own> | Own;

/** What all dialects write alike. */
type Plain<Own> =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'row' | 'choice'; readonly parts: readonly PatternTree<Own>[] }
  | { readonly kind: 'wrapped'; readonly open: string; readonly body: PatternTree<Own> }
  | { readonly kind: 'repeat'; readonly body: PatternTree<Own>; readonly count: string };

interface GroupTree<Own> {
  readonly kind: 'group';
  readonly open: string;
  readonly body: PatternTree<Own>;
}

/** What the trees of a dialect are made of. */
export interface PatternGrammar<Own> {
  readonly atoms: readonly string[];
  readonly groups: readonly string[];
  readonly wrappings: readonly string[];
  readonly counts: readonly string[];
  /** Makes the dialect's own nodes, each as seldom as a wrapping. */
  readonly own: (part: fc.Arbitrary<PatternTree<Own>>) => readonly fc.Arbitrary<Own>[];
}

/** Trees of a dialect. */
export function patternTrees<Own>(grammar: PatternGrammar<Own>): fc.Arbitrary<PatternTree<Own>> {
  type Tree = PatternTree<Own>;
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => {
    const part = tie('tree');
    const parts = fc.array(part, { minLength: 2, maxLength: 3 });
    const atom = fc.constantFrom(...grammar.atoms).map((text): Tree => ({ kind: 'atom', text }));
    const row = parts.map((parts): Tree => ({ kind: 'row', parts }));
    const choice = parts.map((parts): Tree => ({ kind: 'choice', parts }));
    const opened = (kind: 'group' | 'wrapped', opens: readonly string[]): fc.Arbitrary<Tree> =>
      fc.tuple(fc.constantFrom(...opens), part).map(([open, body]): Tree => ({ kind, open, body }));
    const repeat = fc
      .tuple(part, fc.constantFrom(...grammar.counts))
      .map(([body, count]): Tree => ({ kind: 'repeat', body, count }));
    return {
      tree: fc.oneof(
        { maxDepth: 5, depthSize: 'large' },
        { arbitrary: atom, weight: 4 },
        { arbitrary: row, weight: 5 },
        { arbitrary: choice, weight: 2 },
        { arbitrary: opened('group', grammar.groups), weight: 3 },
        { arbitrary: repeat, weight: 3 },
        { arbitrary: opened('wrapped', grammar.wrappings), weight: 1 },
        ...grammar.own(part).map((arbitrary) => ({ arbitrary, weight: 1 })),
      ),
    };
  });
  return tree;
}

/** The text of a node that all dialects write alike, given that of its parts. */
export function writePlain<Own>(node: Plain<Own>, write: (part: PatternTree<Own>) => string): string {
  switch (node.kind) {
    case 'atom':
      return node.text;
    case 'row':
      return node.parts.map(write).join('');
    case 'choice':
      return `(?:${node.parts.map(write).join('|')})`;
    case 'wrapped':
      return `${node.open}${write(node.body)})`;
    case 'repeat':
      return `(?:${write(node.body)})${node.count}`;
  }
}
