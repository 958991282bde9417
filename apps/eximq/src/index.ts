export { eximq } from './eximq.ts';
export { EximqError, type EximqErrorCode } from './eximq-error.ts';
export type { Io } from './io.ts';
