import type { LogPath } from '@sluice/fail2ban-config';
import { type CheckpointStore, type FollowOptions, followFiles } from '@sluice/log-source';
import type { Chunk } from '@sluice/pipeline';
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
  #isHeld = false;
  #underWay = 0;
  #onQuiet: (() => void)[] = [];

  constructor(options: LogWatchOptions) {
    this.#options = options;
  }

  /** Follows these files and no others. Not to be called again before it has resolved. */
  async follow(paths: readonly LogPath[]): Promise<void> {
    const wanted = ends.map((from) => ({ from, globs: globsOf(paths, from) }));
    const key = JSON.stringify(wanted);
    if (key === this.#key) return;
    this.#key = key;
    if (this.#readings.length > 0) await within(this.hold(), holdMs);
    this.stop();
    this.#isHeld = false;
    for (const { from, globs } of wanted) if (globs.length > 0) this.#begin(from, globs);
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
    const { root, rejects, metrics, checkpoints } = this.#options;
    const chunks = followFiles(globs, {
      ...(root !== undefined && { root }),
      ...(rejects && { rejects }),
      ...(metrics && { metrics }),
      checkpoint: checkpoints[from],
      start: from === 'head' ? 'beginning' : 'end',
      ack: 'manual',
    });
    this.#readings.push(chunks.subscribe((chunk) => this.#take(chunk, from)));
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
