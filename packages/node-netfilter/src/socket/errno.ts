import { getSystemErrorName } from 'node:util';

/**
 * Error numbers of Linux (asm-generic/errno.h), which x86, arm, riscv, ppc and s390 share. Compared as numbers: two names
 * may mean one number.
 */
export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ERANGE: 34,
  ERESTART: 85,
  EMSGSIZE: 90,
  EOPNOTSUPP: 95,
  EOVERFLOW: 75,
  ENOBUFS: 105,
} as const;

const names: ReadonlyMap<number, string> = new Map(Object.entries(errno).map(([name, number]) => [number, name]));

/** `EPERM` for 1; `error 999` for a number without a name. */
export function errnoName(number: number): string {
  const name = names.get(number) ?? getSystemErrorName(-number);
  return name.startsWith('E') ? name : `error ${number}`;
}
