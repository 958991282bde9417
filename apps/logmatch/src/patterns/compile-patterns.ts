import { LogMatcherError, type PatternOptions, PatternSet } from '@sluice/log-matcher';
import type { RejectSink } from '@sluice/pipeline';
import type { PatternReading } from '../command-line/command-line.ts';
import { LogmatchError, type PatternFault } from '../logmatch-error.ts';
import type { GivenPattern } from './pattern-list.ts';
import { boundsWrapping, wrapped, wrappedDialect } from './wrap-pattern.ts';

/**
 * The options of a set for patterns read so.
 *
 * @param isWrapped the patterns come from {@link wrapped}
 */
export function setOptions(reading: PatternReading, isWrapped: boolean, rejects?: RejectSink): PatternOptions {
  const { dialect, ignoreCase, all } = reading;
  return {
    dialect: isWrapped ? wrappedDialect(dialect) : dialect,
    ignoreCase,
    report: all ? 'all' : 'first',
    ...(rejects && { rejects }),
  };
}

function faultOf({ text, origin }: GivenPattern, options: PatternOptions): PatternFault | undefined {
  try {
    PatternSet.compile([text], options);
    return undefined;
  } catch (error) {
    if (!(error instanceof LogMatcherError)) throw error;
    return { origin, column: error.column, message: error.message.replace(/^(?:pattern \d+)?(?:, column \d+)?: /, '') };
  }
}

const inOneLine = ({ origin, column, message }: PatternFault): string =>
  `${origin}${column === undefined ? '' : `, column ${column}`}: ${message}`;

/**
 * Compiles patterns as the command line wants them read.
 *
 * @throws LogmatchError `ERR_LOGMATCH_PATTERN` with every pattern that does not compile
 */
export function compilePatterns(
  given: readonly GivenPattern[],
  reading: PatternReading,
  rejects?: RejectSink,
): PatternSet {
  const { dialect, bounds } = reading;
  const isWrapped = bounds !== 'none';
  const wrapping = boundsWrapping(bounds, dialect);
  try {
    return PatternSet.compile(
      given.map(({ text }) => (isWrapped ? wrapped(text, dialect, wrapping) : text)),
      setOptions(reading, isWrapped, rejects),
    );
  } catch (error) {
    if (!(error instanceof LogMatcherError)) throw error;
    // Each by itself and as it was written: all faults at once, and columns that the user can count.
    const faults = given
      .map((pattern) => faultOf(pattern, setOptions(reading, false)))
      .filter((fault) => fault !== undefined);
    const message = faults.length === 0 ? error.message : faults.map(inOneLine).join('\n');
    throw new LogmatchError('ERR_LOGMATCH_PATTERN', message, { cause: error, faults });
  }
}
