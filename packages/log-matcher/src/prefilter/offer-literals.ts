import { type Cells, literalOf } from '../literals/literal.ts';
import { type LiteralOffers, literalOffers } from '../literals/required.ts';
import type { Node } from '../python-regex/ast.ts';
import type { CutPlaces } from './cut-places.ts';
import { modelStatistics } from './model-statistics.ts';
import { minBytes, splitLiteral } from './split-literal.ts';

/**
 * The sets of literals by which a pattern's lines may be found, for `planPrefilter` to choose from by what the log holds. For
 * each of the places at which spans may be cut out of lines there is one set at least that can be looked for, if there is
 * such a one.
 */
export function offerLiterals(root: Node, cuts: CutPlaces = 'any'): LiteralOffers {
  const key = cuts === 'words' ? 'words' : 'any';
  const known = offersOf.get(root)?.[key];
  if (known !== undefined) return known;
  const offers = makeOffers(root, cuts);
  offersOf.set(root, { ...offersOf.get(root), [key]: offers });
  return offers;
}

/** By pattern: sets that are joined offer the same. */
const offersOf = new WeakMap<Node, { readonly any?: LiteralOffers; readonly words?: LiteralOffers }>();

function makeOffers(root: Node, cuts: CutPlaces): LiteralOffers {
  const statistics = modelStatistics();
  const costIf =
    (places: CutPlaces) =>
    (cells: Cells): number | undefined =>
      splitLiteral(literalOf(cells), places, statistics)?.cost;
  const offers = literalOffers(root, costIf('none'));
  if (offers.length === 0) return offers;
  if (cuts === 'words') return [...offers, ...literalOffers(root, costIf('words'), 2)];
  if (offers.some(isCuttable)) return offers;
  return [...offers, ...literalOffers(root, (cells) => (isCuttable([cells]) ? costIf('none')(cells) : undefined), 1)];
}

const isCuttable = (set: readonly Cells[]): boolean =>
  set.every((cells) => literalOf(cells).bytes.length >= minBytes('any'));
