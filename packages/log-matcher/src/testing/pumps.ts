/** A subject of any length, as those are made who want a search to take long: one piece, repeated. */
export interface Pump {
  readonly before: string;
  readonly piece: string;
  readonly behind: string;
}

export const pumped = ({ before, piece, behind }: Pump, length: number): string =>
  before + piece.repeat(Math.ceil(length / piece.length)) + behind;

/** What is repeated of a line, as shares of its length. */
const partsOfLine = [
  [0, 0.3],
  [0.2, 0.25],
  [0.5, 0.7],
  [0.9, 1],
] as const;

const fixedPieces = [' ', 'a', '1', '"', '1.1.1.1 ', ' from a.b ', '::1:', 'é'];

/** Pieces of a pattern's text that are there as they are. */
const literalsOf = (source: string): readonly string[] =>
  source.split(/\(\?P?<\w+>|[^A-Za-z0-9 :=,'"/_-]+/).filter((part) => part.trim().length > 2);

/** Pumps made of what a pattern and lines that it is for are made of. */
export function pumpsOf(source: string, lines: readonly string[]): readonly Pump[] {
  const literals = literalsOf(source);
  const chosen = [literals[0], literals.at(-1), literals.join(' ')].filter((literal) => literal);
  const pieces = [...fixedPieces, ...new Set(chosen)].map((piece) => ({
    before: '',
    piece: piece as string,
    behind: '',
  }));
  const line = lines[source.length % Math.max(1, lines.length)] ?? '';
  const parts = partsOfLine.map(([from, to]): Pump => {
    const [start, end] = [Math.floor(from * line.length), Math.ceil(to * line.length)];
    return { before: line.slice(0, start), piece: line.slice(start, end), behind: line.slice(end) };
  });
  return [...pieces, ...parts.filter(({ piece }) => piece !== '')];
}
