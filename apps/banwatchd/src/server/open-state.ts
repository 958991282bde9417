import { openBanStore } from '@sluice/ban-policy/lmdb';
import type { ServerConfig } from '@sluice/fail2ban-config';
import { type CheckpointStore, fileCheckpoint } from '@sluice/log-source';
import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { DatabaseControl } from '../control/control-plane.ts';
import { heldPositions } from '../watch/held-positions.ts';
import { keptPositions } from '../watch/kept-positions.ts';
import type { From } from '../watch/log-watch.ts';

/** Key of the record that is there while a daemon runs. */
const present = 'present';

type Store = ReturnType<typeof openBanStore>;

/** What is kept over restarts, and where. */
export interface State {
  readonly store?: Store;
  readonly checkpoints: Readonly<Record<From, CheckpointStore>>;
  readonly database: DatabaseControl;
  /** The run before this one did not end by itself. */
  readonly wasKilled: boolean;
  /** Closes it all: this run has ended by itself. */
  close(): Promise<void>;
}

export interface StateOptions {
  readonly stateDir?: string | undefined;
  readonly checkpointFile?: string | undefined;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
}

/**
 * Opens the state of the daemon. Without a folder, or with `dbfile = None`, bans and counters end with the process.
 *
 * @throws BanPolicyError when another daemon has it, or when it cannot be opened
 */
export function openState(server: ServerConfig, { stateDir, checkpointFile, rejects, metrics }: StateOptions): State {
  if (stateDir === undefined || server.dbfile === undefined) {
    const shared = checkpointFile === undefined ? undefined : fileCheckpoint(checkpointFile);
    const checkpoints = { head: shared ?? heldPositions(), tail: shared ?? heldPositions() };
    const database = { path: undefined, maxMatches: server.dbMaxMatches, purgeAgeMs: server.dbPurgeAgeMs };
    return { checkpoints, database, wasKilled: false, close: async () => {} };
  }
  const { dbMaxMatches, dbPurgeAgeMs } = server;
  const store = openBanStore(stateDir, { maxMatches: dbMaxMatches, purgeAgeMs: dbPurgeAgeMs, rejects, metrics });
  const checkpoints = {
    head: keptPositions(store.records('positions-head')),
    tail: keptPositions(store.records('positions-tail')),
  };
  const runs = store.records('runs');
  const wasKilled = runs.get(present) !== undefined;
  runs.put(present, { pid: process.pid, sinceMs: Date.now() });
  return {
    store,
    checkpoints,
    database: new Database(store, stateDir, dbMaxMatches, dbPurgeAgeMs),
    wasKilled,
    async close() {
      runs.drop(present);
      await store.close();
    },
  };
}

class Database implements DatabaseControl {
  readonly path: string;
  readonly #store: Store;
  #maxMatches: number;
  #purgeAgeMs: number;

  constructor(store: Store, path: string, maxMatches: number, purgeAgeMs: number) {
    this.path = path;
    this.#store = store;
    this.#maxMatches = maxMatches;
    this.#purgeAgeMs = purgeAgeMs;
  }

  get maxMatches(): number {
    return this.#maxMatches;
  }

  set maxMatches(maxMatches: number) {
    this.#store.setMaxMatches(maxMatches);
    this.#maxMatches = maxMatches;
  }

  get purgeAgeMs(): number {
    return this.#purgeAgeMs;
  }

  set purgeAgeMs(purgeAgeMs: number) {
    this.#store.setPurgeAge(purgeAgeMs);
    this.#purgeAgeMs = purgeAgeMs;
  }
}
