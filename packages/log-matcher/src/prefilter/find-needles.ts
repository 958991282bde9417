import { type Literal, literalOf } from '../literals/literal.ts';
import type { LiteralOffers } from '../literals/required.ts';
import type { CutPlaces } from './cut-places.ts';
import type { GramStatistics } from './gram-statistics.ts';
import type { Needle, NeedleRest } from './prefilter-plan.ts';
import { type Piece, splitLiteral } from './split-literal.ts';

/** What to look for, for each pattern. */
export interface NeedleChoice {
  readonly needles: readonly Needle[];
  readonly always: readonly number[];
  readonly chosen: readonly number[];
  readonly texts: readonly (readonly string[] | undefined)[];
}

interface Split {
  readonly literal: Literal;
  readonly pieces: readonly Piece[];
}

interface OfferChoice {
  readonly index: number;
  readonly splits: readonly Split[];
}

/** For a pattern that no line is looked for. */
const unwanted: OfferChoice = { index: -1, splits: [] };

/** The cheapest of a pattern's offers; undefined when none can be looked for. */
function chooseOffer(offers: LiteralOffers, cuts: CutPlaces, statistics: GramStatistics): OfferChoice | undefined {
  let best: OfferChoice | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [index, set] of offers.entries()) {
    const splits: Split[] = [];
    let cost = 0;
    for (const cells of set) {
      const literal = literalOf(cells);
      const choice = splitLiteral(literal, cuts, statistics);
      cost += choice?.cost ?? Number.POSITIVE_INFINITY;
      if (choice === undefined || cost >= bestCost) break;
      splits.push({ literal, pieces: choice.pieces });
    }
    if (cost >= bestCost) continue;
    best = { index, splits };
    bestCost = cost;
  }
  return best;
}

/** Most bytes of a rest that are looked at. */
const maxRestBytes = 16;

interface Part {
  readonly bytes: readonly number[];
  readonly masks: readonly number[];
}

function partOf({ bytes, masks }: Literal, from: number, to: number): Part {
  const partMasks = [...masks.subarray(from, to)];
  return { bytes: [...bytes.subarray(from, to)], masks: partMasks.every((mask) => mask === 0) ? [] : partMasks };
}

function restOf(literal: Literal, { from, to, rest: side }: Piece): NeedleRest | undefined {
  const { length } = literal.bytes;
  if (side === undefined || (side === 'before' ? from === 0 : to === length)) return undefined;
  return side === 'before'
    ? { side, ...partOf(literal, Math.max(0, from - maxRestBytes), from) }
    : { side, ...partOf(literal, to, Math.min(length, to + maxRestBytes)) };
}

const keyOf = ({ bytes, masks }: Part): string => `${bytes.join()};${masks.join()}`;

/** Needles without repetition. */
class NeedleList {
  readonly needles: (Needle & { readonly patterns: number[] })[] = [];
  readonly #indices = new Map<string, number>();

  add(literal: Literal, piece: Piece, pattern: number): void {
    const part = partOf(literal, piece.from, piece.to);
    const rest = restOf(literal, piece);
    const key = rest === undefined ? keyOf(part) : `${keyOf(part)};${rest.side};${keyOf(rest)}`;
    const index = this.#indices.get(key);
    if (index === undefined) {
      this.#indices.set(key, this.needles.length);
      this.needles.push({ ...part, ...(rest && { rest }), patterns: [pattern] });
    } else {
      const { patterns } = this.needles[index] as { patterns: number[] };
      if (patterns.at(-1) !== pattern) patterns.push(pattern);
    }
  }
}

/**
 * Chooses for each pattern the set of literals that is cheapest to look for, and what to look for to find them.
 *
 * @param cuts where spans may be cut out of the lines of a pattern; false when no line is looked for
 */
export function findNeedles(
  patterns: readonly LiteralOffers[],
  cuts: (pattern: number) => CutPlaces | false,
  statistics: GramStatistics,
): NeedleChoice {
  const list = new NeedleList();
  const always: number[] = [];
  const choices = patterns.map((offers, pattern) => {
    const places = cuts(pattern);
    return places === false ? unwanted : chooseOffer(offers, places, statistics);
  });
  for (const [pattern, choice] of choices.entries()) {
    if (choice === undefined) always.push(pattern);
    else for (const { literal, pieces } of choice.splits) for (const piece of pieces) list.add(literal, piece, pattern);
  }
  return {
    needles: list.needles,
    always,
    chosen: choices.map((choice) => choice?.index ?? -1),
    texts: choices.map((choice) => choice?.splits.map(({ literal }) => literal.text)),
  };
}
