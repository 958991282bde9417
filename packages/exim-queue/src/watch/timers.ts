import type { SchedulerLike } from 'rxjs';

/** Delays, by a scheduler of RxJS where one is given, else the machine's. */
export interface Timers {
  nowMs(): number;
  /** Calls back once after a delay; returns what takes that back. */
  after(delayMs: number, work: () => void): () => void;
}

export function timersOf(scheduler: SchedulerLike | undefined): Timers {
  if (scheduler === undefined) {
    return {
      nowMs: () => performance.now(),
      after: (delayMs, work) => {
        const timer = setTimeout(work, delayMs);
        return () => clearTimeout(timer);
      },
    };
  }
  return {
    nowMs: () => scheduler.now(),
    after: (delayMs, work) => {
      const scheduled = scheduler.schedule(work, delayMs);
      return () => scheduled.unsubscribe();
    },
  };
}
