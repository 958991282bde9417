import { readFileSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import type { PatternArgument } from '../command-line/command-line.ts';
import { LogmatchError } from '../logmatch-error.ts';

/** A pattern and where it was given. */
export interface GivenPattern {
  readonly text: string;
  /** `pattern 2`, or `FILE:LINE`. */
  readonly origin: string;
}

/** Lines without their breaks; the one `\r` of a file from elsewhere too, since no log line ends with one. */
const linesOf = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

function fileLines(file: string): GivenPattern[] {
  const name = file === '-' ? '<stdin>' : file;
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    return text === '' ? [] : linesOf(text).map((line, index) => ({ text: line, origin: `${name}:${index + 1}` }));
  } catch (cause) {
    const details = { file: name, cause, cure: 'name a file with one pattern a line' };
    throw new LogmatchError('ERR_LOGMATCH_PATTERN_FILE', reasonOf(cause), details);
  }
}

/**
 * The patterns of a command line, in its order. As for grep, a break in a pattern parts two, an empty file has no
 * pattern, and an empty line is one that matches every line.
 */
export function patternList(given: readonly PatternArgument[]): GivenPattern[] {
  let count = 0;
  return given.flatMap(({ kind, value }) =>
    kind === 'file' ? fileLines(value) : value.split('\n').map((text) => ({ text, origin: `pattern ${++count}` })),
  );
}
