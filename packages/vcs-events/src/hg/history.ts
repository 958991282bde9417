import { ChildFailure, pause } from '@sluice/pipeline/node';
import type { Commit } from '../commit.ts';
import type { LogQuery } from '../log-query.ts';
import { metricNames } from '../metrics.ts';
import { countRevisions } from './count-revisions.ts';
import { cursorOf, nodesOfCursor } from './cursor.ts';
import type { HgOptions } from './options.ts';
import { readLog } from './read-log.ts';
import { type HgState, readState } from './read-state.ts';
import { RecentIds } from './recent-ids.ts';
import { addedSince, type Revisions } from './revisions.ts';

/** So many changesets that were stripped and come back are not delivered again. */
const maxRecent = 10_000;
const maxAttempts = 5;
const retryMs = 200;

/** What has been delivered of a repository, and what has come since. */
export class History {
  readonly #query: LogQuery<HgOptions>;
  /** These and their ancestors have been delivered. */
  #delivered: readonly string[];
  /** The state up to which everything has been; undefined before the first time. */
  #state: HgState | undefined;
  readonly #recent: RecentIds | undefined;

  constructor(query: LogQuery<HgOptions>) {
    this.#query = query;
    this.#delivered = nodesOfCursor(query.options.cursor);
    this.#recent = query.options.follow === true ? new RecentIds(maxRecent) : undefined;
  }

  /**
   * The changesets that have come since the last call, or since the cursor. When the last batch was taken, the cursor is
   * told, the first time also when nothing is new.
   */
  async *added(signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return yield* this.#look(signal);
      } catch (error) {
        if (signal.aborted || attempt === maxAttempts || !this.#isPassing(error)) throw error;
      }
      await pause(retryMs, signal);
    }
  }

  async *#look(signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const { directory, options, progress } = this.#query;
    const state = await readState(directory, signal);
    const old = this.#state;
    if (old !== undefined && old.size === state.size && [...state.keys()].every((node) => old.has(node))) return;
    const [tip] = state.keys();
    const known = new Set(this.#delivered);
    if (tip !== undefined && [...state.keys()].some((node) => !known.has(node))) {
      yield* this.#read(addedSince(this.#delivered, tip), signal);
    }
    if (old !== undefined) options.metrics?.add(metricNames.moves, movedBranches(old, state));
    this.#state = state;
    this.#delivered = [...state.keys()];
    progress.end();
    options.onCursor?.(cursorOf(state));
  }

  async *#read(revisions: Revisions, signal: AbortSignal): AsyncGenerator<readonly Commit[], void, undefined> {
    const { directory, progress } = this.#query;
    const counting = new AbortController();
    const stop = (): void => counting.abort();
    signal.addEventListener('abort', stop, { once: true });
    const before = progress.commits;
    const counted = progress.isWanted
      ? countRevisions(directory, revisions, counting.signal).then((count) => {
          if (count !== undefined) progress.total = before + count;
        })
      : undefined;
    try {
      for await (const commits of readLog(this.#query, revisions, signal)) {
        const left = this.#recent?.unknown(commits) ?? commits;
        if (left.length > 0) yield left;
      }
      // Known now, if counting was not faster.
      progress.total = progress.commits;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
      await counted;
    }
  }

  /** Whether looking again may help: changesets were stripped while Mercurial read them, which takes no lock. */
  #isPassing(error: unknown): boolean {
    if (!(error instanceof ChildFailure) || error.exitSignal !== null) return false;
    // Nothing has been delivered when the tip is not there. Else only who remembers what has been may begin anew.
    return /unknown revision/.test(error.stderr) || (this.#recent !== undefined && this.#state !== undefined);
  }
}

/** How many branches have another newest changeset now, have come or have gone. */
function movedBranches(old: HgState, state: HgState): number {
  const [before, after] = [newestByBranch(old), newestByBranch(state)];
  const branches = [...new Set([...before.keys(), ...after.keys()])];
  return branches.filter((branch) => before.get(branch) !== after.get(branch)).length;
}

const newestByBranch = (state: HgState): ReadonlyMap<string, string> =>
  new Map([...state].reverse().map(([node, branch]) => [branch, node]));
