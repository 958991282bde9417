import type { FollowSettings } from '../settings.ts';
import { Turns } from '../turns.ts';
import type { Tail, Turn } from './tail.ts';
import { Watches, type WatchListener } from './watches.ts';

/** Who decides what becomes of a tail. */
export interface TailOwner extends Pick<WatchListener, 'refused'> {
  /** The file no longer holds what was read of it. */
  rewritten(tail: Tail): void;
  /** The file is no longer empty: what it begins with is to be made durable before it is read. */
  begun(tail: Tail): void;
  /** Reading failed. */
  failed(tail: Tail, error: unknown): void;
  /** The tail has been idle: a good moment to see whether its names still lead to it. */
  cooled(tail: Tail): void;
  /** A file without names has been quiet for long enough, and all of it was handed out. */
  finished(tail: Tail): void;
}

/** Looks without news after which a file is watched instead of polled. */
const coolAfterTurns = 4;

/**
 * Reads tails, each in its turn.
 *
 * A hot tail is looked at on every {@link tick}. After some looks without news it is watched instead, and the first
 * sign of life makes it hot again: watching busy files costs more than polling them. A tail without names stays hot
 * until it is finished.
 */
export class TailReader {
  readonly #settings: FollowSettings;
  readonly #owner: TailOwner;
  readonly #watches: Watches;
  readonly #turns: Turns<Tail> = new Turns((tail) => this.#turn(tail));
  readonly #hot = new Set<Tail>();
  /** Tails that others wait for. */
  readonly #awaited = new Map<Tail, Set<Tail>>();
  #isStopped = false;

  constructor(settings: FollowSettings, owner: TailOwner) {
    this.#settings = settings;
    this.#owner = owner;
    this.#watches = new Watches(settings.watch, {
      stirred: (tail) => this.wake(tail),
      refused: (error, path) => owner.refused(error, path),
    });
  }

  /** Asks for a look. */
  wake(tail: Tail): void {
    if (!this.#isStopped && tail.isOpen) this.#turns.add(tail);
  }

  /** Reads the tail only once the other one has been read to its end. */
  queue(tail: Tail, after: Tail): void {
    tail.after = after;
    tail.previous = after;
    this.#awaited.set(after, (this.#awaited.get(after) ?? new Set()).add(tail));
    this.wake(after);
  }

  /** The tail lost its last name. */
  retire(tail: Tail): void {
    tail.lastNewsMs = performance.now();
    // It is finished only after a look that came later than this.
    tail.idleTurns = 0;
    this.#heat(tail);
    this.wake(tail);
  }

  /** Looks at all hot tails, and finishes those that nobody writes to any more. */
  tick(): void {
    const quietSinceMs = performance.now() - this.#settings.rotateWaitMs;
    for (const tail of this.#hot) {
      const isQuiet = tail.names.size === 0 && tail.idleTurns > 0 && tail.lastNewsMs <= quietSinceMs;
      if (isQuiet && tail.after === undefined) this.#finish(tail);
      else this.wake(tail);
    }
  }

  /** Forgets a tail, which its caller closes. */
  drop(tail: Tail): void {
    this.#hot.delete(tail);
    this.#watches.delete(tail);
    this.#release(tail);
  }

  stop(): void {
    this.#isStopped = true;
    this.#turns.stop();
    this.#watches.close();
    this.#hot.clear();
    this.#awaited.clear();
  }

  /** One look at a tail. True when there is more to read. */
  #turn(tail: Tail): boolean {
    if (!tail.isOpen || tail.isUnsaved || tail.after !== undefined) return false;
    if (this.#hasMoreBefore(tail)) return true;
    try {
      if (!tail.isDurable) return this.#prepare(tail);
      return this.#handle(tail, tail.turn());
    } catch (error) {
      if (!this.#isStopped) this.#owner.failed(tail, error);
      return false;
    }
  }

  /** Sees to the beginning of a file that was empty. */
  #prepare(tail: Tail): boolean {
    if (tail.noteBeginning()) this.#owner.begun(tail);
    else this.#handle(tail, 'idle');
    return false;
  }

  /** Reads what a slow writer still wrote into the file before. True when that was not all. */
  #hasMoreBefore(tail: Tail): boolean {
    const { previous } = tail;
    if (previous === undefined) return false;
    const isOver = performance.now() - previous.lastNewsMs > this.#settings.rotateWaitMs;
    if (isOver || !previous.isOpen) tail.previous = undefined;
    return this.#turn(previous) && !this.#isStopped;
  }

  #handle(tail: Tail, turn: Turn): boolean {
    if (this.#isStopped) return false;
    if (turn === 'rewritten') this.#owner.rewritten(tail);
    else if (turn === 'paused') this.#hot.delete(tail);
    else if (turn === 'idle') this.#idle(tail);
    else this.#news(tail, turn);
    return turn === 'more';
  }

  #news(tail: Tail, turn: Turn): void {
    tail.idleTurns = 0;
    tail.lastNewsMs = performance.now();
    this.#heat(tail);
    if (turn === 'news') this.#release(tail);
  }

  #idle(tail: Tail): void {
    tail.idleTurns += 1;
    this.#release(tail);
    if (this.#watches.has(tail)) return;
    this.#hot.add(tail);
    if (tail.idleTurns >= coolAfterTurns) this.#cool(tail);
  }

  #heat(tail: Tail): void {
    this.#watches.delete(tail);
    this.#hot.add(tail);
  }

  #cool(tail: Tail): void {
    if (tail.idleTurns === coolAfterTurns) this.#owner.cooled(tail);
    const [path] = tail.names;
    if (path === undefined || !tail.isOpen || !this.#watches.add(tail, path.path)) return;
    this.#hot.delete(tail);
    // What came between the last look and the watch makes no sound.
    this.wake(tail);
  }

  #release(tail: Tail): void {
    const waiting = this.#awaited.get(tail);
    if (waiting === undefined) return;
    this.#awaited.delete(tail);
    for (const next of waiting) {
      next.after = undefined;
      this.wake(next);
    }
  }

  #finish(tail: Tail): void {
    if (tail.isUnsaved) return;
    try {
      if (!tail.isDurable && tail.noteBeginning()) {
        this.#owner.begun(tail);
        return;
      }
      const turn = tail.turn();
      if (turn !== 'idle') this.#handle(tail, turn);
      else if (tail.finish() && !this.#isStopped) this.#owner.finished(tail);
    } catch (error) {
      if (!this.#isStopped) this.#owner.failed(tail, error);
    }
  }
}
