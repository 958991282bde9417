import { type Cells, literalOf } from '../literals/literal.ts';
import { type LiteralOffers, literalOffers } from '../literals/required.ts';
import type { Node } from '../python-regex/ast.ts';
import { modelStatistics } from './model-statistics.ts';
import { minBytes, splitLiteral } from './split-literal.ts';

/**
 * The sets of literals by which a pattern's lines may be found, for `planPrefilter` to choose from by what the log holds. One
 * at least can be looked for where spans are cut out, if there is such a one.
 */
export function offerLiterals(root: Node): LiteralOffers {
  const statistics = modelStatistics();
  const cost = (cells: Cells): number | undefined => splitLiteral(literalOf(cells), false, statistics)?.cost;
  const offers = literalOffers(root, cost);
  if (offers.length === 0 || offers.some(isCuttable)) return offers;
  return [...offers, ...literalOffers(root, (cells) => (isCuttable([cells]) ? cost(cells) : undefined), 1)];
}

const isCuttable = (set: readonly Cells[]): boolean =>
  set.every((cells) => literalOf(cells).bytes.length >= minBytes(true));
