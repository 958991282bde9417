import type { LogPath } from '@sluice/fail2ban-config';
import { type CheckpointStore, type FollowOptions, followFiles } from '@sluice/log-source';
import type { Chunk, Reject } from '@sluice/pipeline';
import type { Subscription } from 'rxjs';
import { within } from '../within.ts';

/** Which end of a file a jail begins at. */
export type From = LogPath['from'];

export interface LogWatchOptions extends Pick<FollowOptions, 'root' | 'rejects' | 'metrics'> {
  readonly checkpoints: Readonly<Record<From, CheckpointStore>>;
  /** Takes a chunk; it is acked once this resolves, at once when it gives nothing to wait for. */
  readonly take: (chunk: Chunk, from: From) => Promise<void> | undefined;
}

const ends = ['head', 'tail'] as const;

/**
 * How long what is under way may keep other files from being followed. What is not decided by then is read again, and
 * counted once all the same, because it is the same line of the same file.
 */
const holdMs = 5000;

/**
 * Reads all logs of a daemon, each file once. What is followed can be changed while it runs: reading stops, what is under
 * way is decided, and reading goes on from the very places.
 */
export class LogWatch {
  readonly #options: LogWatchOptions;
  readonly #readings: Subscription[] = [];
  #key = '';
  /** Files whose absence was reported in the reading that goes on, and those of the one before that may be so again. */
  #missing = new Set<string>();
  #knownMissing = new Set<string>();
  #isHeld = false;
  #underWay = 0;
  #onQuiet: (() => void)[] = [];

  constructor(options: LogWatchOptions) {
    this.#options = options;
  }

  /**
   * Follows these files and no others. Not to be called again before it has resolved.
   *
   * @returns false when what was under way took too long to be waited for
   */
  async follow(paths: readonly LogPath[]): Promise<boolean> {
    const wanted = ends.map((from) => ({ from, globs: globsOf(paths, from) }));
    const key = JSON.stringify(wanted);
    if (key === this.#key) return true;
    this.#key = key;
    const isDecided = this.#readings.length === 0 || (await within(this.hold(), holdMs));
    this.stop();
    this.#isHeld = false;
    [this.#knownMissing, this.#missing] = [this.#missing, new Set()];
    for (const { from, globs } of wanted) if (globs.length > 0) this.#begin(from, globs);
    return isDecided;
  }

  /** Takes no more, and resolves when what was taken is decided. */
  async hold(): Promise<void> {
    this.#isHeld = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#onQuiet.push(resolve));
  }

  /** Stops reading and saves the places up to which all is decided: what was not comes again. */
  stop(): void {
    this.#isHeld = true;
    for (const reading of this.#readings.splice(0)) reading.unsubscribe();
  }

  #begin(from: From, globs: readonly string[]): void {
    const { root, metrics, checkpoints } = this.#options;
    const chunks = followFiles(globs, {
      ...(root !== undefined && { root }),
      rejects: { next: (item) => this.#report(item, from) },
      ...(metrics && { metrics }),
      checkpoint: checkpoints[from],
      start: from === 'head' ? 'beginning' : 'end',
      ack: 'manual',
    });
    this.#readings.push(chunks.subscribe((chunk) => this.#take(chunk, from)));
  }

  /** Reading begins anew with each change of what is followed: what was missing before has been said. */
  #report(item: Reject, from: From): void {
    const place = `${from} ${item.path}`;
    const isMissing = item.code === 'ERR_LOG_SOURCE_MISSING';
    if (isMissing) this.#missing.add(place);
    if (isMissing && this.#knownMissing.delete(place)) return;
    this.#options.rejects?.next(item);
  }

  #take(chunk: Chunk, from: From): void {
    if (this.#isHeld) return;
    const waiting = this.#options.take(chunk, from);
    if (waiting === undefined) {
      chunk.ack();
      return;
    }
    this.#underWay += 1;
    void waiting.then(() => {
      chunk.ack();
      this.#underWay -= 1;
      if (this.#underWay > 0) return;
      for (const resolve of this.#onQuiet.splice(0)) resolve();
    });
  }
}

const globsOf = (paths: readonly LogPath[], from: From): readonly string[] =>
  [...new Set(paths.filter((path) => path.from === from).map(({ glob }) => glob))].sort();
