export { type BoundedOptions, bounded } from './bounded.ts';
export { fromBatches } from './from-batches.ts';
export { untilAborted } from './until-aborted.ts';
