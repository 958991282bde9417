import { ValueFault } from '@sluice/command-line';
import type { Pattern } from './pattern.ts';
import { readPattern } from './read-pattern.ts';

/** What is said of a header. */
export interface HeaderPattern extends Pattern {
  /** In lower case. */
  readonly name: string;
}

/** `Name: PATTERN`. */
export function readHeader(text: string): HeaderPattern {
  const [, name, value] = /^([!-9;-~]{1,100}):[ \t]*(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new ValueFault("a header and a pattern, as 'X-Spam: yes*'", text);
  return { name: name.toLowerCase(), ...readPattern(value) };
}
