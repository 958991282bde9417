import type { BlockOutcome } from './block-op.ts';

/** What it took to make the kernel block what is wanted and nothing else. */
export interface ReconcileReport {
  readonly added: number;
  readonly removed: number;
  /** Stood already and stay. */
  readonly kept: number;
  /** Those that could not be blocked. */
  readonly failed: readonly BlockOutcome[];
}
