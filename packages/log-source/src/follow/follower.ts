import type { Chunk } from '@sluice/pipeline';
import { CheckpointKeeper } from '../checkpoint/checkpoint-keeper.ts';
import { ChunkOutput } from '../chunks/chunk-output.ts';
import type { Glob } from '../glob/glob.ts';
import { LogSourceError } from '../log-source-error.ts';
import { Meter } from '../metrics.ts';
import { Reports } from '../reports.ts';
import type { FollowSettings } from '../settings.ts';
import { Discovery } from './discovery.ts';
import { FollowedPaths } from './followed-paths.ts';
import type { TailContext } from './tail.ts';
import { TailOpener } from './tail-opener.ts';
import { TailReader } from './tail-reader.ts';
import { Tails, type TailsContext } from './tails.ts';

/** Name under which faults of the checkpoint are reported. */
const checkpointName = '<checkpoint>';

/** One run of `followFiles`: puts its parts together, and starts and stops them. */
export class Follower {
  readonly #settings: FollowSettings;
  readonly #reports: Reports;
  readonly #reader: TailReader;
  readonly #discovery: Discovery;
  readonly #tails: Tails;
  readonly #paths: FollowedPaths;
  #clock: NodeJS.Timeout | undefined;

  /** @param root the option of this name: it was used in the globs, here it bounds symbolic links */
  constructor(
    globs: readonly Glob[],
    root: string | undefined,
    settings: FollowSettings,
    next: (chunk: Chunk) => void,
  ) {
    const meter = new Meter(settings.metrics);
    const reports = new Reports(settings.rejects, meter);
    const keeper = new CheckpointKeeper(settings.checkpoint, settings.checkpointIntervalMs, (error) =>
      this.#saved(error),
    );
    const reader = new TailReader(settings, {
      rewritten: (tail) => this.#tails.rewritten(tail),
      begun: (tail) => this.#tails.begun(tail),
      failed: (tail, error) => this.#tails.failed(tail, error),
      cooled: (tail) => {
        for (const path of [...tail.names]) this.#paths.look(path);
      },
      finished: (tail) => this.#tails.finished(tail),
      refused: (error, path) => reports.say(error, path),
    });
    const shared: TailContext = {
      settings,
      meter,
      output: new ChunkOutput(settings, meter, next),
      committed: (tail) => keeper.put(tail.source.id, () => tail.state()),
      freed: (tail) => reader.wake(tail),
    };
    const context: TailsContext = { ...shared, keeper, reports, reader, opener: new TailOpener(shared, root) };
    this.#settings = settings;
    this.#reports = reports;
    this.#reader = reader;
    this.#discovery = new Discovery(globs, settings.maxFiles);
    this.#tails = new Tails(context);
    this.#paths = new FollowedPaths(this.#discovery, this.#tails, context);
  }

  start(): void {
    this.#load();
    this.#paths.start();
    this.#tails.saveNew();
    this.#clock = setInterval(() => this.#tick(), this.#settings.pollIntervalMs);
  }

  /** Stops reading, saves the positions, closes everything. */
  stop(): void {
    clearInterval(this.#clock);
    this.#reader.stop();
    this.#tails.stop();
  }

  #tick(): void {
    this.#paths.tick();
    this.#reader.tick();
  }

  #load(): void {
    try {
      for (const state of this.#settings.checkpoint?.load() ?? [])
        if (this.#discovery.covers(state.path)) this.#tails.memory.add(state);
    } catch (cause) {
      this.#reports.say(checkpointError('ERR_LOG_SOURCE_CHECKPOINT', 'cannot be read', cause), checkpointName);
    }
  }

  #saved(error: unknown): void {
    const fault = 'cannot be written, after a crash lines would be read again';
    if (error === undefined) this.#reports.cleared(checkpointName);
    else this.#reports.sayOnce(checkpointError('ERR_LOG_SOURCE_CHECKPOINT_WRITE', fault, error), checkpointName);
  }
}

function checkpointError(
  code: 'ERR_LOG_SOURCE_CHECKPOINT' | 'ERR_LOG_SOURCE_CHECKPOINT_WRITE',
  fault: string,
  cause: unknown,
): LogSourceError {
  if (cause instanceof LogSourceError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const cure = 'see to the right to write there and to the space on the disk';
  return new LogSourceError(code, `the checkpoint ${fault}: ${message}`, { cure, cause });
}
