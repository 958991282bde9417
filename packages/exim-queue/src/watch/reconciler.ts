import type { MessageFilter } from '../where/message-filter.ts';
import { dependsOnTime } from './depends-on-time.ts';
import { type ComparisonParts, FolderComparison, type SeenJournal } from './folder-comparison.ts';
import type { KnownMessages } from './known-messages.ts';
import type { WatchSettings } from './watch-settings.ts';
import type { WatchedDirectory } from './watched-directories.ts';

/** Between comparisons because of bursts, in ms. */
const minBurstMs = 5000;
/** After the last event of a burst. */
const quietMs = 100;

export interface ReconcilerParts {
  readonly settings: WatchSettings;
  readonly known: KnownMessages;
  readonly filter: MessageFilter | undefined;
  /** All directories, asked for when a comparison of all begins. */
  readonly directories: () => Iterable<WatchedDirectory>;
  readonly onUnreadable: ComparisonParts['onUnreadable'];
}

/** A comparison that is under way. */
interface Comparing {
  readonly steps: Generator<void, void, undefined>;
  /** Of all directories, which is told of; not only of directories that have come or gone. */
  readonly isWhole: boolean;
  isDone: boolean;
}

/** Compares folders with what is known, when it is time to or when folders come and go, a little at a time. */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #journals = new Map<string, SeenJournal>();
  #suspects = new Set<string>();
  #scans: WatchedDirectory[] = [];
  #comparing: Comparing | undefined;
  #count = 0;
  /** When all folders are compared again, by the timers' clock. */
  dueMs: number = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** When there is something to do, by the timers' clock: 0 for now. What is suspected is looked at before it goes on. */
  get nextMs(): number {
    if (this.#suspects.size > 0) return 0;
    if (this.#comparing !== undefined) return this.#comparing.isDone ? Number.POSITIVE_INFINITY : 0;
    return this.#scans.length > 0 ? 0 : this.dueMs;
  }

  /** Directories that have come or gone. */
  scan(directories: readonly WatchedDirectory[]): void {
    this.#scans.push(...directories);
  }

  /** All is compared again after the usual time. */
  later(): void {
    const { timers, reconcileMs } = this.#parts.settings;
    this.dueMs = timers.nowMs() + reconcileMs;
  }

  /** Events may have been lost: all is compared soon. */
  soon(): void {
    const { timers, reconcileMs } = this.#parts.settings;
    const soonMs = Math.max(timers.nowMs() + quietMs, this.#lastMs + Math.min(minBurstMs, reconcileMs));
    this.dueMs = Math.min(this.dueMs, soonMs);
  }

  /** What the last steps found, and whether nobody else can have noticed it. */
  takeSuspects(): { readonly ids: ReadonlySet<string>; readonly isMissed: boolean } {
    const ids = this.#suspects;
    if (ids.size > 0) this.#suspects = new Set();
    return { ids, isMissed: this.#comparing?.isWhole === true };
  }

  /** Goes on until then. */
  step(endMs: number): void {
    const comparing = this.#next();
    if (comparing === undefined) return;
    while (!comparing.isDone && performance.now() < endMs) comparing.isDone = comparing.steps.next().done === true;
  }

  /**
   * Ends a comparison of which all suspects are settled.
   *
   * @returns whether it was one of all folders
   */
  finish(): boolean {
    const comparing = this.#comparing;
    if (comparing?.isDone !== true || this.#suspects.size > 0) return false;
    this.#comparing = undefined;
    if (comparing.isWhole) {
      this.#lastMs = this.#parts.settings.timers.nowMs();
      this.later();
    }
    return comparing.isWhole;
  }

  /** Lets go of what a comparison has open. */
  close(): void {
    this.#comparing?.steps.return();
    this.#comparing = undefined;
  }

  #next(): Comparing | undefined {
    const { timers } = this.#parts.settings;
    if (this.#comparing !== undefined) return this.#comparing;
    if (this.#scans.length > 0) this.#comparing = this.#compare(this.#scans.splice(0), false);
    else if (timers.nowMs() >= this.dueMs) this.#comparing = this.#compare(this.#parts.directories(), true);
    return this.#comparing;
  }

  #compare(directories: Iterable<WatchedDirectory>, isWhole: boolean): Comparing {
    const { known, onUnreadable } = this.#parts;
    this.#count += 1;
    const comparison = new FolderComparison(
      {
        known,
        journals: this.#journals,
        nowMs: Date.now,
        suspect: (id) => this.#suspects.add(id),
        onUnreadable,
      },
      this.#count,
    );
    return { steps: this.#steps(comparison, directories, isWhole), isWhole, isDone: false };
  }

  *#steps(comparison: FolderComparison, directories: Iterable<WatchedDirectory>, isWhole: boolean) {
    yield* comparison.run(directories, isWhole);
    if (isWhole && dependsOnTime(this.#parts.settings.where)) yield* this.#matchesAnew();
  }

  /** Messages grow older without their files changing. */
  *#matchesAnew(): Generator<void, void, undefined> {
    const { known, filter, settings } = this.#parts;
    const nowMs = settings.clock.nowMs();
    for (const [id, { isMatch }] of known.entries()) {
      const entry = known.entry(id);
      if (entry !== undefined && filter?.soFar(entry, nowMs) !== isMatch) this.#suspects.add(id);
      yield;
    }
  }
}
