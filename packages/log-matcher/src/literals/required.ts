import type { Node } from '../python-regex/ast.ts';
import { exactTexts, product } from './exact.ts';
import type { Cells } from './literal.ts';

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
  const restart = (): void => {
    for (const run of runs) offer(run);
    runs = [[[]]];
  };
  for (const item of flatten(node)) {
    const texts = item === opaque ? undefined : exactTexts(item);
    if (texts === undefined) {
      restart();
      if (item !== opaque && item.type === 'choice') offerUnion(item.branches, choose, offer);
    } else {
      runs = extend(runs, texts, offer);
    }
  }
  restart();
}

/** Texts that parts in a row can have together. */
type Run = readonly Cells[];

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

/**
 * The cheapest set of literals of which every match contains at least one; undefined when there is none.
 *
 * @param costOf what looking for a literal costs; undefined when it cannot be looked for
 */
export function requiredLiterals(
  root: Node,
  costOf: (cells: Cells) => number | undefined,
): readonly Cells[] | undefined {
  const choose = (node: Node): readonly Cells[] | undefined => {
    let best: readonly Cells[] | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    offerSets(node, choose, (set) => {
      if (set.length === 0) return;
      let cost = 0;
      for (const cells of set) {
        cost += costOf(cells) ?? Number.POSITIVE_INFINITY;
        if (cost >= bestCost) return;
      }
      best = set;
      bestCost = cost;
    });
    return best;
  };
  return choose(root);
}
