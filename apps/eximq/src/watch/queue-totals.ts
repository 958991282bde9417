import type { QueueChange, QueueEntry, QueueState } from '@sluice/exim-queue';

const states: readonly QueueState[] = ['new', 'deferred', 'frozen', 'delivering', 'damaged'];
const bounceBit = 8;

/** A message in a number: its state, and whether it is a bounce. */
const codeOf = ({ state, isBounce }: QueueEntry): number => states.indexOf(state) + (isBounce ? bounceBit : 0);

/** How many messages there are in which state, by what `watch` tells. */
export class QueueTotals {
  readonly #codes = new Map<string, number>();
  readonly #byState = new Map<QueueState, number>();
  bounces = 0;

  get messages(): number {
    return this.#codes.size;
  }

  in(state: QueueState): number {
    return this.#byState.get(state) ?? 0;
  }

  add({ id, isGone, matches, entry }: QueueChange): void {
    if (id === '') return;
    const isOut = isGone || matches === false;
    const before = this.#codes.get(id);
    const now = isOut || entry === undefined ? undefined : codeOf(entry);
    // A change without an entry tells nothing of the message but whether it is there.
    if (!isOut && entry === undefined) return;
    this.#count(before, -1);
    this.#count(now, 1);
    if (now === undefined) this.#codes.delete(id);
    else this.#codes.set(id, now);
  }

  #count(code: number | undefined, by: number): void {
    if (code === undefined) return;
    const state = states[code % bounceBit] ?? 'new';
    this.#byState.set(state, this.in(state) + by);
    if (code >= bounceBit) this.bounces += by;
  }
}
