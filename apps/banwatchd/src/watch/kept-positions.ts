import type { KeyedRecords } from '@sluice/ban-policy/lmdb';
import type { CheckpointChange, CheckpointStore, FileState } from '@sluice/log-source';

/**
 * Positions in the store that keeps the counters: one transaction holds both, so that a line is neither counted twice nor
 * left out after a crash.
 */
export const keptPositions = (records: KeyedRecords): CheckpointStore => {
  const change = ({ put, drop }: CheckpointChange): void => {
    for (const id of drop) records.drop(id);
    for (const state of put) records.put(state.id, state);
  };
  return {
    load: () => Array.from(records.entries(), ([, state]) => state as FileState),
    save(changes) {
      change(changes);
      return records.durable();
    },
    saveSync(changes) {
      change(changes);
      records.flushSync();
    },
  };
};
