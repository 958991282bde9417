import type { Pattern } from './pattern.ts';
import { readPattern } from './read-pattern.ts';

/** A pattern of an address, also within `<>` as Exim prints it; `<>` alone is the sender of a bounce. */
export function readSender(text: string): Pattern {
  const { isNot, pattern } = readPattern(text);
  const isQuoted = typeof pattern === 'string' && pattern.startsWith('<') && pattern.endsWith('>');
  return { isNot, pattern: isQuoted ? pattern.slice(1, -1) : pattern };
}
