import { type Chunk, CounterMetrics, type Reject } from '@sluice/pipeline';
import type { Observable, Subscription } from 'rxjs';
import { until } from '../../../../tools/testing/until.ts';
import { followFiles } from '../follow-source.ts';
import type { FollowOptions } from '../options.ts';

/** A line as it was handed out. */
export interface CollectedLine {
  readonly id: string;
  readonly path: string;
  readonly offset: number;
  readonly text: string;
  readonly live: boolean;
}

const lineBreak = 0x0a;

/** What came out of a source, taken apart into lines. */
export class Collected {
  readonly chunks: Chunk[] = [];
  /** The bytes of the chunks, as they were when they came. */
  readonly blocks: Buffer[] = [];
  readonly lines: CollectedLine[] = [];
  readonly endings: string[] = [];
  readonly rejects: Reject[] = [];
  readonly metrics = new CounterMetrics();
  isComplete = false;
  error: unknown;
  #subscription: Subscription | undefined;

  subscribe(source: Observable<Chunk>): this {
    this.#subscription = source.subscribe({
      next: (chunk) => this.#take(chunk),
      error: (error: unknown) => {
        this.error = error;
      },
      complete: () => {
        this.isComplete = true;
      },
    });
    return this;
  }

  get texts(): string[] {
    return this.lines.map(({ text }) => text);
  }

  get codes(): string[] {
    return this.rejects.map(({ code }) => code);
  }

  /** All bytes of each source, in the order of their first chunks; fails when a source has a gap or an overlap. */
  bySource(): Buffer[] {
    const sources = new Map<string, Buffer>();
    for (const [index, { source, offset }] of this.chunks.entries()) {
      const known = sources.get(source.id) ?? Buffer.alloc(0);
      if (known.length !== offset) throw new Error(`${source.path}: ${offset} comes after ${known.length}`);
      sources.set(source.id, Buffer.concat([known, this.blocks[index] as Buffer]));
    }
    return [...sources.values()];
  }

  /** Waits for a line with this text. */
  async line(text: string): Promise<CollectedLine> {
    await until(
      () => this.texts.includes(text),
      () => ({ text, lines: this.texts.slice(-20), rejects: this.rejects }),
    );
    return this.lines.findLast((line) => line.text === text) as CollectedLine;
  }

  /** Waits for a reject with this code. */
  async reject(code: string): Promise<Reject> {
    await until(
      () => this.codes.includes(code),
      () => this.codes,
    );
    return this.rejects.findLast((reject) => reject.code === code) as Reject;
  }

  stop(): void {
    this.#subscription?.unsubscribe();
  }

  #take(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.endings.push(chunk.ending);
    const bytes = Buffer.from(chunk.bytes);
    this.blocks.push(bytes);
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(lineBreak, start);
      const stop = end === -1 ? bytes.length : end;
      const { id, path } = chunk.source;
      const text = bytes.toString('utf8', start, stop);
      this.lines.push({ id, path, offset: chunk.offset + start, text, live: chunk.live });
      start = stop + 1;
    }
  }
}

const running = new Set<Collected>();

/** Stops what {@link follow} started; for `afterEach`. */
export function stopAll(): void {
  for (const one of running) one.stop();
  running.clear();
}

/** Follows with short intervals. */
export function follow(globs: string | readonly string[], options: FollowOptions = {}): Collected {
  const collected = new Collected();
  running.add(collected);
  const { rejects, metrics } = collected;
  const quick = { pollIntervalMs: 10, sweepIntervalMs: 200, rotateWaitMs: 150, checkpointIntervalMs: 20 };
  const sinks = { rejects: { next: (reject: Reject) => rejects.push(reject) }, metrics };
  return collected.subscribe(followFiles(globs, { start: 'beginning', ...quick, ...sinks, ...options }));
}
