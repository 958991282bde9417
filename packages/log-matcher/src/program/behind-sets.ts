import type { CharSet } from '../chars/char-set.ts';
import type { Node } from '../python-regex/ast.ts';

/** The sets one of which a look-behind of one character accepts; undefined for any other look-behind. */
export function behindSets(body: Node): readonly CharSet[] | undefined {
  switch (body.type) {
    case 'char':
      return [body.set];
    case 'sequence':
      return body.items.length === 1 ? behindSets(body.items[0] as Node) : undefined;
    case 'choice': {
      const sets = body.branches.map(behindSets);
      return sets.includes(undefined) ? undefined : sets.flatMap((branch) => branch ?? []);
    }
    default:
      return undefined;
  }
}
