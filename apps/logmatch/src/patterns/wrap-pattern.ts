import type { PatternReading } from '../command-line/command-line.ts';

/** Flags for the whole pattern, which Python takes at its very beginning only. */
const globalFlags = /^(?:\(\?[aiLmsux]+\))+/;

const escaped = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}#&~\s-]/g, '\\$&');

const ends = {
  none: { python: ['(?:', ')'], javascript: ['(?:', ')'] },
  word: { python: ['(?<!\\w)(?:', ')(?!\\w)'], javascript: ['(?<!\\w)(?:', ')(?!\\w)'] },
  line: { python: ['\\A(?:', ')\\Z'], javascript: ['^(?:', ')$'] },
} as const;

/** What goes before and behind a pattern. */
export interface Wrapping {
  readonly before: string;
  readonly after: string;
}

/**
 * Puts something around a pattern without changing what it means.
 *
 * @param dialect of the result: a literal becomes a Python pattern
 */
export function wrapped(text: string, dialect: PatternReading['dialect'], { before, after }: Wrapping): string {
  if (dialect === 'literal') return `${before}${escaped(text)}${after}`;
  if (dialect === 'javascript') return `${before}${text}${after}`;
  const flags = globalFlags.exec(text)?.[0] ?? '';
  // With the flag x, a comment at the pattern's end would swallow what follows.
  const closing = flags.includes('x') ? '\n' : '';
  return `${flags}${before}${text.slice(flags.length)}${closing}${after}`;
}

/** The dialect that {@link wrapped} gives. */
export const wrappedDialect = (dialect: PatternReading['dialect']): 'python' | 'javascript' =>
  dialect === 'javascript' ? 'javascript' : 'python';

/** What makes a pattern reach to the ends of a word (grep's `-w`) or of the line (`-x`). */
export function boundsWrapping(bounds: PatternReading['bounds'], dialect: PatternReading['dialect']): Wrapping {
  const [before, after] = ends[bounds][wrappedDialect(dialect)];
  return { before, after };
}
