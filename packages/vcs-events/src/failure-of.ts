import { ChildFailure } from '@sluice/pipeline/node';
import { VcsEventsError, type VcsEventsErrorCode } from './vcs-events-error.ts';

/** What a program says on standard error, and what that means. */
export type FailureKind = readonly [code: VcsEventsErrorCode, words: RegExp, cure?: string];

export interface FailureWords {
  readonly program: string;
  /** The Debian package that has it. */
  readonly debianPackage: string;
  /** In the order in which they are looked for. */
  readonly kinds: readonly FailureKind[];
  /** What to tell people of what the program said. */
  readonly tell: (stderr: string) => string;
}

/** An error that reading with a program ended with, as this package tells it. Errors of another origin pass. */
export function failureOf(error: unknown, repository: string, words: FailureWords): unknown {
  const { program, debianPackage, kinds, tell } = words;
  if (isMissingProgram(error)) {
    const cure = `install ${debianPackage} and put ${program} in the PATH`;
    return new VcsEventsError('ERR_VCS_EVENTS_NO_PROGRAM', `${program} is not installed`, { cure, cause: error });
  }
  if (!(error instanceof ChildFailure)) return error;
  const details = { value: repository, cause: error };
  if (error.exitSignal !== null) {
    const fault = `${program} was ended by ${error.exitSignal} while it read ${repository}`;
    return new VcsEventsError('ERR_VCS_EVENTS_KILLED', fault, details);
  }
  const [code, , cure] = kinds.find(([, said]) => said.test(error.stderr)) ?? ['ERR_VCS_EVENTS_FAILED'];
  const said = tell(error.stderr)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  const fault = `${repository}: ${said === '' ? `${program} ended with exit code ${error.exitCode}` : said}`;
  return new VcsEventsError(code, fault, cure === undefined ? details : { ...details, cure });
}

const isMissingProgram = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  String(error.syscall).startsWith('spawn') &&
  'code' in error &&
  error.code === 'ENOENT';
