import type { Literal } from '../literals/literal.ts';
import { type CutPlaces, cutsThrough } from './cut-places.ts';
import type { GramStatistics } from './gram-statistics.ts';
import { candidateNs, foundNs, lineNs, restNs, restShare } from './kernels.ts';

/** A piece of a literal that is looked for. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** On which side of it the rest of the literal may have been torn off. */
  readonly rest?: 'before' | 'after';
}

export interface PieceChoice {
  readonly pieces: readonly Piece[];
  /** Nanoseconds per megabyte to expect; smaller is better. */
  readonly cost: number;
}

const minPieceBytes = 2;
/** A piece of two bytes is looked for only in a literal that has no larger ones. */
const usualPieceBytes = 3;

/** Shortest literal that can be looked for: where it may be cut anywhere, two pieces of it overlap by one byte. */
export const minBytes = (cuts: CutPlaces): number => (cuts === 'any' ? 2 * minPieceBytes - 1 : minPieceBytes);

/** A longer piece tells no more, and text that repeats its beginning would be compared with all of that each time. */
const maxPieceBytes = 64;

/**
 * What it costs, in ns per megabyte, that a piece is short: from 10 bytes on every kernel takes it, with 2 only the slowest.
 * The whole plan bears that cost once; a piece is charged a part of it.
 */
const shortNs: readonly number[] = [0, 0, 60_000, 20_000, 4000, 1500, 500, 300, 300, 300];
/** What one more piece costs: it makes others harder to tell from the text. */
const pieceNs = 100;

/** Occurrences per megabyte to expect of text, by the rarest of its grams from each place on. */
class Rarity {
  readonly #bytes: Uint8Array;
  readonly #statistics: GramStatistics;
  /** What it costs that the piece is found. */
  readonly #foundNs: number;
  /** Of the four bytes from each place on. */
  readonly #fours: Float64Array;

  constructor(bytes: Uint8Array, statistics: GramStatistics, foundNs: number) {
    this.#bytes = bytes;
    this.#foundNs = foundNs;
    this.#statistics = statistics;
    this.#fours = new Float64Array(Math.max(0, bytes.length - 3));
    for (let at = 0; at < this.#fours.length; at++) this.#fours[at] = statistics.fourPerMb(bytes, at);
  }

  /** What it costs to look for a piece and to try the lines that have it. */
  cost({ from, to }: Piece): number {
    const length = to - from;
    if (length < 4) return this.#shortCost(from, length);
    let rarest = Number.POSITIVE_INFINITY;
    let rarestPair = length === 4 ? (this.#fours[from] as number) : Number.POSITIVE_INFINITY;
    for (let at = from; at + 4 <= to; at++) {
      const count = this.#fours[at] as number;
      if (count < rarest) rarest = count;
      if (at + 4 < to) rarestPair = Math.min(rarestPair, (count + (this.#fours[at + 1] as number)) / 2);
    }
    return candidateNs * rarestPair + this.#foundNs * rarest + (shortNs[length] ?? 0) + pieceNs;
  }

  /** A piece, or the part of it around its rarest gram when it is long. */
  trim(piece: Piece): Piece {
    if (piece.to - piece.from <= maxPieceBytes) return piece;
    let rarest = piece.from;
    for (let at = piece.from; at + 4 <= piece.to; at++) {
      if ((this.#fours[at] as number) < (this.#fours[rarest] as number)) rarest = at;
    }
    const from = Math.max(piece.from, Math.min(rarest - maxPieceBytes / 2, piece.to - maxPieceBytes));
    return { ...piece, from, to: from + maxPieceBytes };
  }

  #shortCost(from: number, length: number): number {
    const statistics = this.#statistics;
    const perMb = length === 3 ? statistics.threePerMb(this.#bytes, from) : statistics.twoPerMb(this.#bytes, from);
    if (length === 2 && perMb > maxTwoPerMb) return Number.POSITIVE_INFINITY;
    return (candidateNs + this.#foundNs) * perMb + (shortNs[length] as number) + pieceNs;
  }
}

/** Two bytes that are more common tell nothing: it is cheaper to try each line. */
const maxTwoPerMb = 3000;

/** The parts of a literal that no cut goes through, each of which is there whatever is cut out of the line. */
function wholeParts(length: number, cuts: readonly number[]): readonly Piece[] {
  const ends = [...cuts, length];
  return ends.map((to, i) => ({ from: ends[i - 1] ?? 0, to })).filter(({ from, to }) => to - from >= minPieceBytes);
}

/** A beginning and an end that overlap by one byte: of the whole literal each is there, and every cut leaves one whole. */
function* overlappingPairs(length: number): Iterable<readonly Piece[]> {
  const least = length < 2 * usualPieceBytes - 1 ? minPieceBytes : usualPieceBytes;
  for (let beginning = least; beginning - 1 + least <= length; beginning++) {
    yield [
      { from: 0, to: beginning, rest: 'after' },
      { from: beginning - 1, to: length, rest: 'before' },
    ];
  }
}

/**
 * Chooses what to look for to find a literal; undefined when it is too short, or short and common.
 *
 * @param places where a span of a line may be cut out. A literal that no cut can go through is one piece. Of another, one
 *   piece is chosen that no cut goes through; or two, a beginning and an end that overlap by one byte: of the whole literal
 *   each is there; cut at k, the beginning of b bytes is whole if k ≥ b, else the end from b - 1 on is. What the piece lacks
 *   of the literal stands elsewhere on the line then, on the right side of the piece
 */
export function splitLiteral(
  { bytes }: Literal,
  places: CutPlaces,
  statistics: GramStatistics,
): PieceChoice | undefined {
  const { length } = bytes;
  if (length < minBytes(places)) return undefined;
  const cuts = cutsThrough(bytes, places);
  const whole = new Rarity(bytes, statistics, foundNs + lineNs);
  let best: PieceChoice | undefined;
  const consider = (rarity: Rarity, pieces: readonly Piece[]): void => {
    const cost = pieces.reduce((sum, piece) => sum + rarity.cost(piece), 0);
    if (Number.isFinite(cost) && (best === undefined || cost < best.cost)) {
      best = { pieces: pieces.map((piece) => rarity.trim(piece)), cost };
    }
  };
  for (const piece of wholeParts(length, cuts)) consider(whole, [piece]);
  if (cuts.length === 0 || length < minBytes('any')) return best;
  const torn = new Rarity(bytes, statistics, foundNs + restNs + lineNs * restShare);
  for (const pieces of overlappingPairs(length)) consider(torn, pieces);
  return best;
}
