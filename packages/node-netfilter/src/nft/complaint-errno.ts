/** Texts of strerror(3) in the C locale, of glibc and where they differ of musl; and what nft itself finds out. */
const numbers: readonly (readonly [text: string, errno: number])[] = [
  ['Operation not permitted', 1],
  ['No such file or directory', 2],
  ['element does not exist', 2],
  ['Cannot allocate memory', 12],
  ['Out of memory', 12],
  ['Device or resource busy', 16],
  ['Resource busy', 16],
  ['File exists', 17],
  ['conflicting intervals specified', 17],
  ['interval overlaps with an existing one', 17],
  ['Invalid argument', 22],
  ['Too many open files in system', 23],
  ['Numerical result out of range', 34],
  ['Result not representable', 34],
  ['Message too long', 90],
  ['Message too large', 90],
  ['Protocol not supported', 93],
  ['Operation not supported', 95],
  ['Not supported', 95],
  ['No buffer space available', 105],
];

/** The error number that a complaint of nft stands for; undefined when it is about something else. */
export const complaintErrno = (text: string): number | undefined =>
  numbers.find(([words]) => text.includes(words))?.[1];
