export type { Io } from './io.ts';
export { logmatch } from './logmatch.ts';
export { LogmatchError, type PatternFault } from './logmatch-error.ts';
