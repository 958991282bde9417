import { getSystemErrorMap } from 'node:util';

/** Why something failed, one line without code and path: `no such file or directory`. */
export function reasonOf(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return known ?? String(message ?? error).split('\n', 1)[0] ?? '';
}
