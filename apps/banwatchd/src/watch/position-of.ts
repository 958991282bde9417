import type { CheckpointStore } from '@sluice/log-source';

/** Up to where a file has been read, in bytes; 0 for one that is not known. */
export function positionOf(path: string, checkpoints: Iterable<CheckpointStore>): number {
  let known = 0;
  for (const checkpoint of checkpoints)
    for (const state of checkpoint.load()) if (state.path === path && !state.closed) known = state.position;
  return known;
}
