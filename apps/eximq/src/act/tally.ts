import { exitStatus } from '@sluice/command-line';
import type { ActionResult } from '@sluice/exim-queue/batches';
import type { ActionSpec } from './action-spec.ts';

type Counts = Readonly<Record<ActionResult, number>>;

/** Told also when there are none, as they are what one looks for. */
const always: ReadonlySet<ActionResult> = new Set(['failed']);
const order: readonly ActionResult[] = ['would', 'done', 'unchanged', 'gone', 'locked', 'skipped', 'denied', 'failed'];

/** What became of the messages, by numbers. */
export class Tally {
  readonly #counts: Record<ActionResult, number> = {
    done: 0,
    unchanged: 0,
    gone: 0,
    locked: 0,
    skipped: 0,
    denied: 0,
    failed: 0,
    would: 0,
  };

  add(result: ActionResult): void {
    this.#counts[result] += 1;
  }

  get counts(): Counts {
    return this.#counts;
  }

  /** `removed 14999, gone 3, locked 1, failed 0`. */
  text({ verb, done }: ActionSpec, isDryRun: boolean): string {
    const words: Readonly<Partial<Record<ActionResult, string>>> = { done, would: `would ${verb}` };
    const main: ActionResult = isDryRun ? 'would' : 'done';
    return order
      .filter((result) => this.#counts[result] > 0 || result === main || (always.has(result) && !isDryRun))
      .map((result) => `${words[result] ?? result} ${this.#counts[result]}`)
      .join(', ');
  }

  /**
   * @param isNamed the messages were named by ids, so that each of them should have been there. Of those that a filter
   * found, one that has left in the meantime, or that the filter does not hold for any more, is as it should be.
   */
  exitStatus(isNamed: boolean): number {
    const { done, would, unchanged, gone, locked, denied, failed } = this.#counts;
    const isSome = done + would + unchanged > 0 || (!isNamed && gone > 0);
    const isAll = locked + denied + failed + (isNamed ? gone : 0) === 0;
    return isSome && isAll ? exitStatus.done : exitStatus.problems;
  }
}
