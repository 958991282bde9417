import { ownSpool } from '../exim/own-spool.ts';
import { nextTurn } from '../list/next-turn.ts';
import { ProgressClock } from '../list/progress-clock.ts';
import type { ActionOutcome, ActionResult } from '../queue-action.ts';
import { compileFilter, type MessageFilter } from '../where/compile-filter.ts';
import { actOnBatch } from './act-on-batch.ts';
import type { Acting } from './acting.ts';
import type { ActionTarget } from './action-target.ts';
import { Intake } from './intake.ts';
import { LockedList } from './locked-list.ts';
import { MessageFeed } from './message-feed.ts';
import { oneLine } from './one-line.ts';
import type { Target, Verdict } from './target.ts';
import { Wake } from './wake.ts';
import { whereabouts } from './whereabouts.ts';

/** The first batch is small, so that something happens soon; starting a process costs some milliseconds, so the next ones grow. */
const firstBatch = 100;
const batchGrowth = 4;
/** Outcomes that may be owed at a time, beside the batches that run: of messages that are locked, or come many times. */
const minOpen = 10_000;

/** One pass of messages through an action. */
export class ActionRun {
  readonly #acting: Acting;
  readonly #signal: AbortSignal;
  readonly #wake = new Wake();
  readonly #intake: Intake;
  readonly #locked: LockedList;
  readonly #progress: ProgressClock;
  readonly #maxBatch: number;
  #nextBatch: number;
  #running = 0;
  #done = 0;
  #ready: ActionOutcome[] = [];
  #filter: MessageFilter | undefined;

  constructor(acting: Acting, signal: AbortSignal) {
    const { action, command, place, settings } = acting;
    this.#acting = acting;
    this.#signal = signal;
    this.#intake = new Intake({ action, queue: place.queue, waitMs: settings.batchWaitMs });
    this.#locked = new LockedList(settings.lockedRetries, settings.lockedWaitMs);
    this.#progress = new ProgressClock(settings.onProgress);
    this.#maxBatch = Math.min(settings.batch, command.maxIds);
    this.#nextBatch = Math.min(firstBatch, this.#maxBatch);
  }

  /** The outcomes, as batches end. Exims are started, and messages read, only while they are asked for. */
  async *outcomes(
    messages: AsyncIterable<readonly ActionTarget[]>,
  ): AsyncGenerator<readonly ActionOutcome[], void, undefined> {
    const { place, settings } = this.#acting;
    if (settings.recheck !== undefined) this.#filter = await compileFilter(settings.recheck);
    if (!settings.dryRun) await ownSpool(place);
    const feed = new MessageFeed(messages, () => this.#wake.set());
    const stop = (): void => this.#wake.set();
    let isLast = false;
    this.#signal.addEventListener('abort', stop);
    try {
      for (;;) {
        if (this.#signal.aborted) this.#giveUp(feed);
        else this.#advance(feed);
        if (this.#ready.length > 0) yield this.#take();
        else if (this.#running === 0 && this.#intake.open === 0 && (feed.isEnded || this.#signal.aborted)) {
          if (feed.isEnded || isLast) break;
          // What came at the moment of the abort is still on its way here.
          isLast = true;
          await nextTurn();
        } else await this.#wake.wait(this.#waitMs());
      }
      this.#progress.end(this.#done, undefined);
      if (feed.failure !== undefined) throw feed.failure.error;
    } finally {
      this.#signal.removeEventListener('abort', stop);
      await feed.close();
      while (this.#running > 0) await this.#wake.wait(Number.POSITIVE_INFINITY);
    }
  }

  #take(): readonly ActionOutcome[] {
    const outcomes = this.#ready;
    this.#ready = [];
    this.#done += outcomes.length;
    this.#progress.at(this.#done, undefined);
    return outcomes;
  }

  /** Starts what can be started, and reads what is needed for it. */
  #advance(feed: MessageFeed): void {
    const nowMs = performance.now();
    for (const target of this.#locked.takeDue(nowMs)) this.#intake.put(target, Number.NEGATIVE_INFINITY);
    this.#admit(feed, nowMs);
    const { concurrency } = this.#acting.settings;
    while (this.#running < concurrency) {
      const batch = this.#intake.take(this.#nextBatch, nowMs, feed.isEnded);
      if (batch === undefined) break;
      this.#nextBatch = Math.min(this.#nextBatch * batchGrowth, this.#maxBatch);
      this.#start(batch.queue, batch.targets);
      this.#admit(feed, nowMs);
    }
  }

  #admit(feed: MessageFeed, nowMs: number): void {
    const { concurrency } = this.#acting.settings;
    const maxPending = this.#maxBatch * concurrency;
    const maxOpen = minOpen + 2 * maxPending;
    while (this.#intake.pending < maxPending && this.#intake.open < maxOpen) {
      const message = feed.next();
      if (message === undefined) {
        feed.read();
        return;
      }
      const outcome = this.#intake.add(message, nowMs);
      if (outcome !== undefined) this.#emit(outcome);
      if (this.#ready.length >= maxOpen) return;
    }
  }

  #start(queue: string, targets: readonly Target[]): void {
    this.#running += 1;
    this.#act(queue, targets).then(
      (verdicts) => this.#finish(verdicts),
      (error: unknown) =>
        this.#finish(
          targets.map((target) => ({ target, result: 'failed', detail: `nothing was found out: ${error}` })),
        ),
    );
  }

  async #act(queue: string, targets: readonly Target[]): Promise<readonly Verdict[]> {
    if (queue !== '*') return actOnBatch(this.#acting, this.#filter, queue, targets);
    const { found, verdicts } = await whereabouts(this.#acting, targets);
    const nowMs = performance.now();
    for (const target of found) this.#intake.put(target, nowMs);
    return verdicts;
  }

  #finish(verdicts: readonly Verdict[]): void {
    this.#running -= 1;
    const nowMs = performance.now();
    for (const verdict of verdicts) {
      const isLater = verdict.result === 'locked' && !this.#acting.settings.dryRun && this.#locked.add(verdict, nowMs);
      if (!isLater) this.#settle(verdict);
    }
    this.#wake.set();
  }

  #settle({ target, result, detail }: Verdict): void {
    const outcome = { id: target.id, queue: target.queue, action: this.#acting.action.kind, result, detail };
    for (let times = this.#intake.finish(target); times > 0; times -= 1) this.#emit(outcome);
  }

  #emit(outcome: ActionOutcome): void {
    const { reports } = this.#acting.settings;
    reports.add('acted');
    if (failures.has(outcome.result)) reports.add('failedActions');
    this.#ready.push({ ...outcome, detail: oneLine(outcome.detail) });
  }

  /** After an abort: what was not begun is not begun, and each message that came in is told of. */
  #giveUp(feed: MessageFeed): void {
    const nowMs = performance.now();
    for (let message = feed.next(); message !== undefined; message = feed.next()) {
      const outcome = this.#intake.add(message, nowMs);
      if (outcome !== undefined) this.#emit(outcome);
    }
    for (const verdict of this.#locked.takeAll()) this.#settle(verdict);
    for (let batch = this.#intake.take(Number.POSITIVE_INFINITY, nowMs, true); batch !== undefined; ) {
      for (const target of batch.targets) this.#settle({ target, result: 'skipped', detail: abortedDetail });
      batch = this.#intake.take(Number.POSITIVE_INFINITY, nowMs, true);
    }
  }

  #waitMs(): number {
    const { concurrency } = this.#acting.settings;
    const batchDueMs = this.#running < concurrency ? this.#intake.dueMs() : Number.POSITIVE_INFINITY;
    return Math.min(batchDueMs, this.#locked.dueMs()) - performance.now();
  }
}

const abortedDetail = 'aborted before anything was done to it';
const failures: ReadonlySet<ActionResult> = new Set(['failed', 'denied']);
