import type { Literal } from './literal.ts';
import { gramsPerLine, textsPerLine } from './log-model.ts';

/** Bytes that the kernel looks for at once. */
export const gramBytes = 3;

/** What it costs to look at a gram that was found, and at a line, relative to each other. */
const gramCost = 1;
const lineCost = 50;
/** What one more literal costs. */
const literalCost = 0.001;

/** How to look for a literal. */
export interface GramChoice {
  /** Offsets of the grams in the literal. */
  readonly offsets: readonly number[];
  /** Smaller is better. */
  readonly cost: number;
}

/** Each byte as a character, upper case as lower: the form in which grams are compared. */
const folded = ({ bytes }: Literal): string => String.fromCharCode(...bytes).toLowerCase();

/**
 * Chooses the rarest grams by which to find a literal; undefined when it is too short.
 *
 * @param cuttable whether a line may have had a part cut out in the middle of the literal. Then two grams are chosen, the
 *   second at least two bytes behind the first: wherever one cut goes through the literal, it leaves one of them whole
 */
export function chooseGrams(literal: Literal, cuttable: boolean): GramChoice | undefined {
  const text = folded(literal);
  const count = text.length - gramBytes + 1;
  const costs = Array.from({ length: Math.max(0, count) }, (_, at) => gramsPerLine(text.slice(at, at + gramBytes)));
  const offsets = cuttable ? cheapestPair(costs) : cheapest(costs);
  if (offsets === undefined) return undefined;
  const seen = offsets.reduce((sum, at) => sum + (costs[at] as number), 0);
  return { offsets, cost: gramCost * seen + lineCost * textsPerLine(text) + literalCost };
}

function cheapest(costs: readonly number[]): readonly number[] | undefined {
  return costs.length === 0 ? undefined : [costs.indexOf(Math.min(...costs))];
}

function cheapestPair(costs: readonly number[]): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  let first = 0;
  for (let second = 2; second < costs.length; second++) {
    if ((costs[second - 2] as number) < (costs[first] as number)) first = second - 2;
    const cost = (costs[first] as number) + (costs[second] as number);
    if (cost < bestCost) {
      best = [first, second];
      bestCost = cost;
    }
  }
  return best;
}
