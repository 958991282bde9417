import type { Reject } from '@sluice/pipeline';
import { CounterMetrics } from '@sluice/pipeline';
import type { Subscription } from 'rxjs';
import { until } from '../../../../../tools/testing/until.ts';
import type { WatchOptions } from '../../options.ts';
import type { QueueChange, QueueChangeKind } from '../../queue-change.ts';
import type { QueueEntry } from '../../queue-entry.ts';
import type { QueuePlace } from '../../queue-place.ts';
import type { WatchFolder } from '../folder-watches.ts';
import { followChanges } from '../follow-changes.ts';
import { watchQueue } from '../watch-queue.ts';

const open = new Set<ChangeLog>();

/** Follows a queue and keeps all that is told. Ends by itself after the test. */
export class ChangeLog {
  readonly changes: QueueChange[] = [];
  readonly rejects: Reject[] = [];
  readonly metrics: CounterMetrics = new CounterMetrics();
  /** The queue as who follows the changes sees it. */
  readonly view: Map<string, QueueEntry | undefined> = new Map();
  error: unknown;
  readonly #abort = new AbortController();
  #subscription: Subscription | undefined;

  /** @param watchFolder default: the system's, through `watchQueue` */
  constructor(place: QueuePlace, options: WatchOptions = {}, watchFolder?: WatchFolder) {
    open.add(this);
    const all: WatchOptions = {
      rejects: { next: (reject) => this.rejects.push(reject) },
      metrics: this.metrics,
      ...options,
    };
    if (watchFolder === undefined) {
      this.#subscription = watchQueue(place, all).subscribe({
        next: (change) => this.#take(change),
        error: (error: unknown) => {
          this.error = error;
        },
      });
    } else void this.#follow(followChanges(place, { ...all, signal: this.#abort.signal }, watchFolder));
  }

  /** What happened to messages, as `kind id`, without what was there from the beginning. */
  get told(): readonly QueueChange[] {
    return this.changes.filter(({ kind }) => !['present', 'ready', 'reconciled'].includes(kind));
  }

  of(id: string): readonly QueueChange[] {
    return this.changes.filter((change) => change.id === id);
  }

  kinds(id: string): readonly QueueChangeKind[] {
    return this.of(id).map(({ kind }) => kind);
  }

  count(kind: QueueChangeKind): number {
    return this.changes.filter((change) => change.kind === kind).length;
  }

  async ready(): Promise<void> {
    await this.until(() => this.error !== undefined || this.count('ready') > 0);
    if (this.error !== undefined) throw this.error;
  }

  /** Until a comparison has been made that began from now on. */
  async reconciled(): Promise<void> {
    const wanted = this.count('reconciled') + 2;
    await this.until(() => this.count('reconciled') >= wanted);
  }

  async until(holds: () => boolean): Promise<void> {
    await until(holds, () => ({
      condition: holds.toString(),
      changes: this.changes.slice(-30).map(({ entry: _, ...change }) => change),
      rejects: this.rejects,
      error: String(this.error),
    }));
  }

  close(): void {
    this.#abort.abort();
    this.#subscription?.unsubscribe();
    open.delete(this);
  }

  #take(change: QueueChange): void {
    this.changes.push(change);
    if (change.id === '') return;
    if (change.isGone || change.matches === false) this.view.delete(change.id);
    else this.view.set(change.id, change.entry);
  }

  async #follow(batches: AsyncIterable<readonly QueueChange[]>): Promise<void> {
    try {
      for await (const batch of batches) for (const change of batch) this.#take(change);
    } catch (error) {
      this.error = error;
    }
  }
}

afterEach(() => {
  for (const log of open) log.close();
});
