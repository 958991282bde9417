import { ChildFailure } from '@sluice/pipeline/node';
import { EximQueueError } from '../exim-queue-error.ts';
import { type EximPlace, noExim } from './exim-command.ts';
import { accessCure } from './spool-group.ts';

/**
 * What Exim's standard error says that makes every further call useless: this user is none of its administrators
 * (`DENIED`), or its configuration is at fault (`EXIM`, with file and line). Undefined for all else.
 */
export function eximFault(place: EximPlace, stderr: string): EximQueueError | undefined {
  if (/^exim: permission denied/im.test(stderr)) return denied(place, "this user is none of Exim's administrators");
  const [, line, file, text] = /configuration error(?: in line (\d+) of (.*?))?:\s*(.*)/i.exec(stderr) ?? [];
  if (text !== undefined) {
    return new EximQueueError('ERR_EXIM_QUEUE_EXIM', `Exim refuses its configuration: ${text}`, {
      file: file ?? place.config,
      line: line === undefined ? undefined : Number(line),
      cure: 'mend it, and try it with exim -bV',
    });
  }
  const [, missing] = /non-existent configuration file\(s\): (.*)/.exec(stderr) ?? [];
  if (missing === undefined) return undefined;
  return new EximQueueError('ERR_EXIM_QUEUE_EXIM', `Exim has no configuration at ${missing}`, {
    cure: 'name its file with the option config',
  });
}

/** The error for what this user may not do. */
export const denied = ({ spoolDirectory }: Pick<EximPlace, 'spoolDirectory'>, fault: string): EximQueueError =>
  new EximQueueError('ERR_EXIM_QUEUE_DENIED', fault, { cure: accessCure(spoolDirectory) });

/** What `readChild` of an {@link eximCommand} threw, as an error of this package. */
export function eximFailure(place: EximPlace, error: unknown): unknown {
  if (error instanceof ChildFailure) {
    const end = error.exitSignal === null ? `exit code ${error.exitCode}` : `signal ${error.exitSignal}`;
    return eximFault(place, error.stderr) ?? eximSaid(`Exim ended with ${end}`, error.stderr, error);
  }
  return isStartFailure(error) ? noExim(`${place.exim} cannot be run: ${error.message}`, error) : error;
}

/** The error for what Exim did not do, with the last line that it wrote. */
export function eximSaid(fault: string, output: string, cause?: unknown): EximQueueError {
  const words = output.trim().split('\n').at(-1) ?? '';
  return new EximQueueError('ERR_EXIM_QUEUE_EXIM', words === '' ? fault : `${fault}: ${words}`, { cause });
}

/** Errors of the system from starting a program, as against those from its output. */
export const isStartFailure = (error: unknown): error is NodeJS.ErrnoException =>
  typeof (error as NodeJS.ErrnoException | undefined)?.syscall === 'string' &&
  (error as NodeJS.ErrnoException).syscall?.startsWith('spawn') === true;
