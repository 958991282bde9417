import type { Node } from '../python-regex/ast.ts';
import { exactTexts, product } from './exact.ts';
import type { Cell, Cells } from './literal.ts';

/** Most literals in one set. */
const maxLiterals = 256;
/** A literal that is longer tells no more. */
const maxCells = 48;
/** Most runs that are followed at once. */
const maxRuns = 6;
/** Most parts that a repetition is written out to. */
const maxParts = 64;

/** Something that a match may contain anything for. */
const opaque: unique symbol = Symbol('opaque');
type Item = Node | typeof opaque;

/** The node as parts in a row, each of which a match contains. */
function flatten(node: Node): readonly Item[] {
  switch (node.type) {
    case 'sequence':
      return node.items.flatMap(flatten);
    case 'group':
    case 'atomic':
      return flatten(node.body);
    case 'repeat': {
      if (node.min === 0 || exactTexts(node) !== undefined) return [node];
      const body = flatten(node.body);
      const count = Math.max(1, Math.min(node.min, Math.floor(maxParts / Math.max(1, body.length))));
      const copies = Array.from({ length: count }, () => body).flat();
      // The first iteration adjoins what is before the loop, the last one what is behind it.
      return node.max === count ? copies : [...copies, opaque, ...copies];
    }
    default:
      return [node];
  }
}

/**
 * Offers sets of literals, each such that every match of the node contains a literal of the set.
 *
 * Two ways lead to a set: parts in a row whose texts are known, spelled out together; and a choice each of whose branches
 * has a set of its own, joined.
 *
 * @param offer called with each set; none holds the empty literal
 */
function offerSets(node: Node, choose: (node: Node) => readonly Cells[] | undefined, offer: Offer): void {
  let runs: Run[] = [[[]]];
  // What follows the runs and is one text: put behind them at once, not one character after the other.
  let single: Cell[] = [];
  let longest = 0;
  const endSingle = (): void => {
    if (single.length > 0) runs = extend(runs, [single], offer);
    single = [];
    longest = longestOf(runs);
  };
  const restart = (): void => {
    endSingle();
    for (const run of runs) offer(run);
    runs = [[[]]];
    longest = 0;
  };
  for (const item of flatten(node)) {
    const texts = item === opaque ? undefined : exactTexts(item);
    if (texts === undefined) {
      restart();
      if (item !== opaque && item.type === 'choice') offerUnion(item.branches, choose, offer);
    } else if (texts.length === 1) {
      single.push(...(texts[0] as Cells));
      if (longest + single.length >= maxCells) endSingle();
    } else {
      endSingle();
      runs = extend(runs, texts, offer);
      longest = longestOf(runs);
    }
  }
  restart();
}

/** Texts that parts in a row can have together. */
type Run = readonly Cells[];

const longestOf = (runs: readonly Run[]): number =>
  runs.reduce((most, run) => run.reduce((longest, { length }) => Math.max(longest, length), most), 0);

/** Adds a part to the runs. Where it has several texts it multiplies them, so runs also begin with it and behind it. */
function extend(runs: readonly Run[], texts: Run, offer: Offer): Run[] {
  const extended: Run[] = [];
  for (const run of runs) {
    const longer = run.some((cells) => cells.length >= maxCells) ? undefined : product(run, texts);
    if (longer === undefined || texts.length > 1) offer(run);
    if (longer !== undefined) extended.push(longer);
  }
  if (texts.length === 1) return extended.length === 0 ? [texts] : extended;
  const kept = [texts, [[]], ...extended];
  for (const run of kept.slice(maxRuns)) offer(run);
  return kept.slice(0, maxRuns);
}

type Offer = (set: readonly Cells[]) => void;

function offerUnion(
  branches: readonly Node[],
  choose: (node: Node) => readonly Cells[] | undefined,
  offer: Offer,
): void {
  const union: Cells[] = [];
  for (const branch of branches) {
    const set = choose(branch);
    if (set === undefined || union.length + set.length > maxLiterals) return;
    union.push(...set);
  }
  offer(union);
}

/** Sets of literals, cheapest first; of each a match contains at least one literal. None when there is no set. */
export type LiteralOffers = readonly (readonly Cells[])[];

/** Most sets that are worth keeping for a pattern. */
const maxOffers = 4;

interface PricedSet {
  readonly set: readonly Cells[];
  readonly cost: number;
}

const keyOf = (set: readonly Cells[]): string => set.map((cells) => cells.join()).join(';');

/** The cheapest sets that were offered, without repetition. */
class CheapestSets {
  readonly #most: number;
  readonly #costOf: (cells: Cells) => number | undefined;
  #best: PricedSet[] = [];

  constructor(most: number, costOf: (cells: Cells) => number | undefined) {
    this.#most = most;
    this.#costOf = costOf;
  }

  get sets(): LiteralOffers {
    return this.#best.map(({ set }) => set);
  }

  readonly offer: Offer = (set) => {
    if (set.length === 0 || set.some((cells) => cells.length === 0)) return;
    const bound = this.#best.length < this.#most ? Number.POSITIVE_INFINITY : (this.#best.at(-1) as PricedSet).cost;
    let cost = 0;
    for (const cells of set) {
      cost += this.#costOf(cells) ?? Number.POSITIVE_INFINITY;
      if (cost >= bound) return;
    }
    if (this.#best.some((other) => other.cost === cost && keyOf(other.set) === keyOf(set))) return;
    const place = this.#best.findIndex((other) => other.cost > cost);
    this.#best.splice(place === -1 ? this.#best.length : place, 0, { set, cost });
    this.#best.length = Math.min(this.#best.length, this.#most);
  };
}

/**
 * The cheapest sets of literals of which every match contains at least one.
 *
 * @param costOf what looking for a literal costs; undefined when it cannot be looked for
 */
export function literalOffers(
  root: Node,
  costOf: (cells: Cells) => number | undefined,
  most: number = maxOffers,
): LiteralOffers {
  const choose = (node: Node): readonly Cells[] | undefined => cheapestOf(node, 1)[0];
  const cheapestOf = (node: Node, count: number): LiteralOffers => {
    const cheapest = new CheapestSets(count, costOf);
    offerSets(node, choose, cheapest.offer);
    return cheapest.sets;
  };
  return cheapestOf(root, most);
}
