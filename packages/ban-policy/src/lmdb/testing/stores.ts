import type { JailStore } from '../../state/ban-store.ts';
import type { JailChange } from '../../state/kept-state.ts';
import type { LmdbBanStore } from '../lmdb-ban-store.ts';
import { openBanStore } from '../open-ban-store.ts';
import { changeOf } from './changes.ts';

/** Opens stores, all of which are closed after each test. */
export function storesOfTest(): typeof openBanStore {
  const stores: LmdbBanStore[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close().catch(() => {});
  });
  return (...args) => {
    const store = openBanStore(...args);
    stores.push(store);
    return store;
  };
}

/** A jail that gives the changes it is told. */
export interface TestJail extends JailStore {
  /** Becomes part of what is collected next, or of a collection after that. */
  change(change: Partial<JailChange>): void;
  /** Flushes until all changes were given. */
  drain(): Promise<void>;
  /** How often it was asked. */
  readonly collected: number;
}

export function openTestJail(store: LmdbBanStore, jail = 'sshd'): TestJail {
  const changes: JailChange[] = [];
  let collected = 0;
  const part = store.openJail(jail, () => {
    collected += 1;
    return changes.shift();
  });
  return {
    ...part,
    change: (change) => {
      changes.push(changeOf(change));
    },
    drain: async () => {
      do await store.flush();
      while (changes.length > 0);
    },
    get collected() {
      return collected;
    },
  };
}
