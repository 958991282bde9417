import { type Deferred, deferred } from '@sluice/pipeline';
import type { BlockOp, BlockOutcome } from './block-op.ts';

/** Operations that were asked for together. */
export interface OpsRequest {
  readonly ops: readonly BlockOp[];
  /** One for each op; filled in as the ops are done. */
  readonly outcomes: BlockOutcome[];
  readonly signal: AbortSignal | undefined;
  readonly done: Deferred<readonly BlockOutcome[]>;
  /** Index of the next op to be done. */
  next: number;
}

/** Operations of one request that one commit is about. */
export interface OpsSlice {
  readonly request: OpsRequest;
  readonly from: number;
  readonly to: number;
}

/** Work that has the table for itself. */
interface Job {
  readonly run: () => Promise<void>;
}

/** Does the next operations: as many as it can take, from the requests at the beginning of the list. */
type TakeOps = (waiting: Iterable<OpsRequest>) => Promise<void>;

const leastToCompact = 1024;

/**
 * What has to be done with the table, one piece at a time and in the order it was asked for. Operations that wait are
 * done together. Work begins at once when nothing is under way.
 */
export class WorkQueue {
  readonly #takeOps: TakeOps;
  #items: (OpsRequest | Job)[] = [];
  #head = 0;
  readonly #urgent: Job[] = [];
  #isRunning = false;

  constructor(takeOps: TakeOps) {
    this.#takeOps = takeOps;
  }

  apply(ops: readonly BlockOp[], signal?: AbortSignal): Promise<readonly BlockOutcome[]> {
    const request = { ops, outcomes: [], signal, done: deferred<readonly BlockOutcome[]>(), next: 0 };
    this.#add(request);
    return request.done.promise;
  }

  /** Runs a job when all that was asked for before is done; an urgent one before what has not begun. */
  run<T>(work: () => Promise<T>, isUrgent = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job = { run: () => work().then(resolve, reject) };
      if (!isUrgent) return this.#add(job);
      this.#urgent.push(job);
      if (!this.#isRunning) void this.#work();
    });
  }

  #add(item: OpsRequest | Job): void {
    this.#items.push(item);
    if (!this.#isRunning) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isRunning = true;
    for (;;) {
      const urgent = this.#urgent.shift();
      if (urgent !== undefined) {
        await urgent.run();
        continue;
      }
      const item = this.#items[this.#head];
      if (item === undefined) break;
      if ('run' in item) {
        this.#head += 1;
        await item.run();
      } else {
        await this.#takeOps(this.#requests());
        this.#leaveDone();
      }
      this.#compact();
    }
    this.#isRunning = false;
  }

  *#requests(): IterableIterator<OpsRequest> {
    for (let at = this.#head; at < this.#items.length; at++) {
      const item = this.#items[at];
      if (item === undefined || 'run' in item) return;
      yield item;
    }
  }

  #leaveDone(): void {
    for (;;) {
      const item = this.#items[this.#head];
      if (item === undefined || 'run' in item || item.next < item.ops.length) return;
      this.#head += 1;
      item.done.resolve(item.outcomes);
    }
  }

  #compact(): void {
    if (this.#head < leastToCompact && this.#head < this.#items.length) return;
    this.#items.splice(0, this.#head);
    this.#head = 0;
  }
}
