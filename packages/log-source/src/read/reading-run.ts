import { setImmediate as untilIdle } from 'node:timers/promises';
import { Credits } from '@sluice/pipeline';
import type { ChunkOutput } from '../chunks/chunk-output.ts';
import type { Meter } from '../metrics.ts';
import type { Reports } from '../reports.ts';
import type { CommonSettings } from '../settings.ts';

/** Longest stretch of reading before the event loop has its turn, in ms. */
const stretchMs = 8;

/** What all files of one `readFiles` share: where chunks and faults go, and when there may be one more. */
export class ReadingRun {
  readonly settings: CommonSettings;
  readonly output: ChunkOutput;
  readonly meter: Meter;
  readonly reports: Reports;
  readonly #credits: Credits;
  #stretchEndMs = 0;
  #isStopped = false;
  #wake: () => void = () => {};

  constructor(settings: CommonSettings, output: ChunkOutput, meter: Meter, reports: Reports) {
    this.settings = settings;
    this.output = output;
    this.meter = meter;
    this.reports = reports;
    this.#credits = new Credits(settings.maxInFlight, () => this.#wake());
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Takes a credit if there is one and it is not time to wait for the event loop: what most chunks need, at no cost. */
  takeCredit(): boolean {
    return !this.#isStopped && performance.now() < this.#stretchEndMs && this.#credits.take();
  }

  /** Waits for a credit, now and then also for the event loop. False when reading is to end. */
  async credit(): Promise<boolean> {
    if (performance.now() > this.#stretchEndMs) {
      await untilIdle();
      this.#stretchEndMs = performance.now() + stretchMs;
    }
    while (!this.#isStopped) {
      if (this.#credits.take()) return true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return false;
  }

  /** Gives a credit back: on a chunk's ack, or when no chunk came. */
  readonly giveCredit = (): void => this.#credits.give();

  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }
}
