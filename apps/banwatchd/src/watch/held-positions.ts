import type { CheckpointChange, CheckpointStore, FileState } from '@sluice/log-source';

/** Positions of this process alone: where to read on when other files are to be followed too. */
export function heldPositions(): CheckpointStore {
  const states = new Map<string, FileState>();
  const saveSync = ({ put, drop }: CheckpointChange): void => {
    for (const id of drop) states.delete(id);
    for (const state of put) states.set(state.id, state);
  };
  return { load: () => [...states.values()], save: async (change) => saveSync(change), saveSync };
}
