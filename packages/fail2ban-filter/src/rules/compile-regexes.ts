import type { UseDns } from '@sluice/fail2ban-config';
import { LogMatcherError, PatternSet } from '@sluice/log-matcher';
import type { RejectSink } from '@sluice/pipeline';
import { Fail2banFilterError } from '../fail2ban-filter-error.ts';
import type { PlacedText } from '../filter-source.ts';
import { expandTags } from '../tags/expand-tags.ts';

/** How the regexes of a filter are compiled. */
export interface RegexOptions {
  readonly useDns: UseDns;
  /** True when a subject may hold several lines. */
  readonly multiline: boolean;
  readonly rejects: RejectSink | undefined;
}

const maxShown = 200;

const shortened = (regex: string): string => (regex.length > maxShown ? `${regex.slice(0, maxShown)}…` : regex);

/** What the engine says, without the index in its list and without the cure, which both follow from the place. */
function faultOf({ message, pattern, cure }: LogMatcherError): string {
  const start =
    pattern !== undefined && message.startsWith(`pattern ${pattern}`)
      ? message.replace(/^pattern \d+(?:, |: )/, '')
      : message;
  return cure !== undefined && start.endsWith(`; ${cure}`) ? start.slice(0, -`; ${cure}`.length) : start;
}

function syntaxFault(kind: string, regexes: readonly PlacedText[], error: LogMatcherError): Fail2banFilterError {
  const index = error.pattern ?? 0;
  const { text, file, line } = regexes[index] as PlacedText;
  const which = regexes.length === 1 ? kind : `${kind} ${index + 1} of ${regexes.length}`;
  return new Fail2banFilterError(
    'ERR_FAIL2BAN_FILTER_SYNTAX',
    `${which} does not compile: ${faultOf(error)}, in ${JSON.stringify(shortened(text))}`,
    { file, line, value: shortened(text), cause: error, cure: error.cure ?? 'mend the regex' },
  );
}

/**
 * Compiles regexes with fail2ban's tags as one set, searched as fail2ban searches: the first in the list that matches
 * wins, and the subject ends with a line break.
 *
 * @param kind `failregex`, `ignoreregex` or `prefregex`, for messages
 */
export function compileRegexes(kind: string, regexes: readonly PlacedText[], options: RegexOptions): PatternSet {
  const { useDns, multiline, rejects } = options;
  try {
    return PatternSet.compile(
      regexes.map(({ text }) => expandTags(text, useDns)),
      { finalBreak: true, multiline, report: 'first', ...(rejects && { rejects }) },
    );
  } catch (error) {
    if (error instanceof LogMatcherError) throw syntaxFault(kind, regexes, error);
    throw error;
  }
}
