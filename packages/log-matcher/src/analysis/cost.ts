/** What the cost model has to know of a pattern. */
export interface CostFacts {
  readonly engine: string;
  /** Literals of which a line must hold one; undefined when every line is searched. */
  readonly literals: readonly unknown[] | undefined;
  readonly anchoredAtStart: boolean;
}

/** An estimate for a line of {@link typicalLineBytes}. */
export interface Cost {
  readonly everyLine: boolean;
  /** Nanoseconds of one core for each line that is searched. */
  readonly nsPerLine: number;
}

/** Length of a line of an access log or an authentication log. */
export const typicalLineBytes = 120;

/*
 * Of the order of what a machine of 2024 takes: an automaton takes about 1.3 ns for a byte, and a line costs
 * it a little besides. The backtracker takes some ten instructions of its own per character, each about ten times as
 * long. They are for telling patterns apart, not for promises.
 */
const perLine = 80;
const automatonPerByte = 1.3;
const backtrackerPerByte = 40;
/** An anchored pattern is mostly refused by the first characters; an automaton reads from the end. */
const anchoredShare = 0.25;

/** What a pattern is expected to cost. */
export function costOf({ engine, literals, anchoredAtStart }: CostFacts): Cost {
  const backtracks = engine === 'backtracker';
  const perByte = backtracks ? backtrackerPerByte : automatonPerByte;
  const searched = typicalLineBytes * perByte * (backtracks && anchoredAtStart ? anchoredShare : 1);
  return { everyLine: literals === undefined, nsPerLine: Math.round((perLine + searched) / 10) * 10 };
}
