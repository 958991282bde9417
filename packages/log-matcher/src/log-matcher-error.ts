import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/** Where in a list of patterns a fault lies. */
export interface LogMatcherErrorDetails extends ComponentErrorDetails {
  /** 0-based index of the pattern in its list. */
  readonly pattern?: number | undefined;
  /** 1-based column in the pattern, in UTF-16 units. */
  readonly column?: number | undefined;
}

function placeOf({ pattern, column }: LogMatcherErrorDetails): string {
  const parts: string[] = [];
  if (pattern !== undefined) parts.push(`pattern ${pattern}`);
  if (column !== undefined) parts.push(`column ${column}`);
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

/**
 * What this package throws:
 * - `ERR_LOG_MATCHER_SYNTAX`: a pattern that its dialect (Python's `re`, JavaScript's `RegExp`) refuses too;
 * - `ERR_LOG_MATCHER_UNSUPPORTED`: a pattern that its dialect takes and this package does not;
 * - `ERR_LOG_MATCHER_OPTION`: an option of the wrong type or range;
 * - `ERR_LOG_MATCHER_GROUP`: a match was asked for a group that its pattern does not have;
 * - `ERR_LOG_MATCHER_MEMORY`: a pattern that may need more than `maxMemoryBytes`, or a set that needs more than there is;
 * - `ERR_LOG_MATCHER_SERIAL`: bytes that are no serialised set, or one that is damaged or of another version;
 * - `ERR_LOG_MATCHER_FILE`: a file that cannot be read, or is no regular file (`/loader`);
 * - `ERR_LOG_MATCHER_WORKER`, `ERR_LOG_MATCHER_CLOSED`: a worker failed; its pool is closed (`/loader`).
 *
 * Patterns are counted from 0, columns from 1.
 */
export class LogMatcherError extends ComponentError {
  override readonly name = 'LogMatcherError';
  readonly pattern: number | undefined;
  readonly column: number | undefined;

  constructor(code: string, fault: string, details: LogMatcherErrorDetails = {}) {
    super(code, `${placeOf(details)}${fault}`, details);
    this.pattern = details.pattern;
    this.column = details.column;
  }
}
