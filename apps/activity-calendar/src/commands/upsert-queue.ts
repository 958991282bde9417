import type { CalendarFileResult } from '@sluice/ical-sink/batches';
import type { Activity } from '@sluice/pipeline';
import { pause } from '@sluice/pipeline/node';

export interface UpsertQueueOptions {
  /** Puts activities into the calendar. */
  readonly write: (activities: readonly Activity[]) => Promise<CalendarFileResult>;
  /** Told after each write, with what was written. */
  readonly onWritten: (result: CalendarFileResult, activities: readonly Activity[]) => void;
  /** Told when writing fails, once until it works again. It is tried again, after growing pauses. */
  readonly onFailure: (error: unknown) => void;
  /** Shortest time from one write to the next. Default 2,000. */
  readonly pauseMs?: number;
}

/** What comes together is written together, also when nothing was written for long. */
const gatherMs = 100;
/** The pause is at least so many times as long as the last write took. */
const pausePerWrite = 10;
const maxPauseMs = 60_000;
/** Activities that wait beyond this hold up who adds more. */
const maxWaiting = 50_000;

/**
 * Gathers activities and writes them soon, all at once, the last one of each uid; seldom enough that a burst is few writes.
 * The first write must succeed; a later one that fails is tried again, and nothing is lost meanwhile.
 */
export class UpsertQueue {
  readonly #options: UpsertQueueOptions;
  #waiting = new Map<string, Activity>();
  #writing: Promise<void> | undefined;
  #hasWritten = false;
  #failure: { readonly error: unknown } | undefined;
  /** When the next write may be. */
  #freeMs = 0;
  readonly #end = new AbortController();

  constructor(options: UpsertQueueOptions) {
    this.#options = options;
  }

  /** Returns when there is room for more. Throws what the first write threw. */
  async add(activities: readonly Activity[]): Promise<void> {
    for (const activity of activities) this.#waiting.set(activity.uid, activity);
    if (this.#waiting.size > 0) this.#writing ??= this.#writeLater();
    while (this.#waiting.size > maxWaiting && this.#failure === undefined) await this.#writing;
    this.#check();
  }

  /** Writes what waits, at once and with one attempt. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#writing;
    this.#check();
    if (this.#waiting.size > 0) await this.#write();
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #writeLater(): Promise<void> {
    const { onFailure } = this.#options;
    let pauseMs = Math.max(gatherMs, this.#freeMs - performance.now());
    for (let isFirst = true; !this.#end.signal.aborted; isFirst = false) {
      await pause(pauseMs, this.#end.signal);
      if (this.#end.signal.aborted) break;
      try {
        await this.#write();
        break;
      } catch (error) {
        if (!this.#hasWritten) {
          this.#failure = { error };
          break;
        }
        if (isFirst) onFailure(error);
        pauseMs = Math.min(pauseMs * 2, maxPauseMs);
      }
    }
    this.#writing = undefined;
    // What came while the last batch was written waits for a write of its own.
    if (this.#waiting.size > 0 && !this.#end.signal.aborted && this.#failure === undefined)
      this.#writing = this.#writeLater();
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    const activities = [...batch.values()];
    const started = performance.now();
    this.#waiting = new Map();
    try {
      const result = await this.#options.write(activities);
      this.#hasWritten = true;
      const ended = performance.now();
      this.#freeMs = ended + Math.max(this.#options.pauseMs ?? 2000, pausePerWrite * (ended - started));
      this.#options.onWritten(result, activities);
    } catch (error) {
      this.#waiting = new Map([...batch, ...this.#waiting]);
      throw error;
    }
  }
}
