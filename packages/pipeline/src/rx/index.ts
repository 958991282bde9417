export { type BoundedOptions, bounded } from './bounded.ts';
export { untilAborted } from './until-aborted.ts';
