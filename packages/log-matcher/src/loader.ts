export type { ScanFileOptions, ScanFileResult, ScanPoolOptions } from './loader/options.ts';
export { RebasedMatch } from './loader/rebased-match.ts';
export { scanFile } from './loader/scan-file.ts';
export { ScanPool } from './loader/scan-pool.ts';
