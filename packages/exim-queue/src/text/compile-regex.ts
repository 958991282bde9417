import { PatternSet } from '@sluice/log-matcher';
import { EximQueueError } from '../exim-queue-error.ts';

const maxChars = 10_000;

/**
 * What searches texts for a regular expression in Python's dialect, in linear time, whatever the case of letters. In a file
 * of its own, so that the matcher is loaded only when there is one.
 *
 * @param option its name, for messages
 * @throws {EximQueueError} `OPTION`
 */
export function compileRegex(regex: string, option: string): (text: string) => boolean {
  const fault = (reason: string, cause?: unknown): EximQueueError =>
    new EximQueueError('ERR_EXIM_QUEUE_OPTION', `${option}: ${reason}`, { value: regex.slice(0, maxChars), cause });
  if (regex.length > maxChars) throw fault(`has ${regex.length} characters, the most is ${maxChars}`);
  const set = compile(regex, fault);
  const [{ engine, reason = '' } = {}] = set.patterns;
  if (engine !== 'dfa') throw fault(`cannot be run in linear time: ${reason}`);
  return (text) => set.match(text) !== undefined;
}

function compile(regex: string, fault: (reason: string, cause?: unknown) => EximQueueError): PatternSet {
  try {
    return PatternSet.compile([regex], { ignoreCase: true });
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error), error);
  }
}
