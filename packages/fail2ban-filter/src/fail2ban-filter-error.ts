import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * Codes of this package.
 *
 * Thrown when a filter is compiled: `…_SYNTAX` (a regex that does not compile), `…_NO_ID` (a failregex that names
 * nobody), `…_EMPTY` (no failregex at all), `…_DATEPATTERN`, `…_ZONE`, `…_OPTION`.
 * Reported to `rejects` while lines are read: `…_ADDRESS` (matched, but no valid address), `…_NAME` (a host name),
 * `…_LONG_ID` (an id of its own of over a thousand characters), `…_NO_VALUE` (matched, but the identifying group is empty),
 * `…_CUT` (the match reaches the end of a line that the source cut short).
 */
export type Fail2banFilterErrorCode =
  | 'ERR_FAIL2BAN_FILTER_SYNTAX'
  | 'ERR_FAIL2BAN_FILTER_NO_ID'
  | 'ERR_FAIL2BAN_FILTER_EMPTY'
  | 'ERR_FAIL2BAN_FILTER_DATEPATTERN'
  | 'ERR_FAIL2BAN_FILTER_ZONE'
  | 'ERR_FAIL2BAN_FILTER_OPTION'
  | 'ERR_FAIL2BAN_FILTER_ADDRESS'
  | 'ERR_FAIL2BAN_FILTER_NAME'
  | 'ERR_FAIL2BAN_FILTER_LONG_ID'
  | 'ERR_FAIL2BAN_FILTER_NO_VALUE'
  | 'ERR_FAIL2BAN_FILTER_CUT';

/** A filter that cannot be compiled, with the file and line it was read from and the cure. */
export class Fail2banFilterError extends ComponentError {
  override readonly name = 'Fail2banFilterError';

  constructor(code: Fail2banFilterErrorCode, fault: string, details: ComponentErrorDetails = {}) {
    super(code, fault, details);
  }
}
