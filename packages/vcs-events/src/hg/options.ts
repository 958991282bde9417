import type { ReadOptions } from '../options.ts';

/** What `hgBatches` takes. */
export type HgOptions = ReadOptions;
