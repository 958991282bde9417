import { reasonOf } from '@sluice/command-line';

/**
 * Why an input cannot be read, one line without its path.
 *
 * @throws the error itself when it is of something else, such as the output
 */
export function inputFault(error: unknown, path: string): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const isOfInput = /^ERR_(?:LOGMATCH_|LOG_MATCHER_FILE)/.test(code ?? '');
  if (!isOfInput && (syscall === undefined || syscall === 'write')) throw error;
  const reason = reasonOf(error);
  return reason.startsWith(`${path}: `) ? reason.slice(path.length + 2) : reason;
}
