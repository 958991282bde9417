import type { ListSettings } from '../list/list-settings.ts';
import { ProgressClock } from '../list/progress-clock.ts';
import type { QueueEntry, SpoolProblem } from '../queue-entry.ts';
import type { MessageFilter } from '../where/message-filter.ts';

/** Lets through the messages that a filter selects, and counts and tells of all, as the reader of the files does. */
export class EntrySieve {
  readonly #filter: MessageFilter | undefined;
  readonly #settings: ListSettings;
  readonly #nowMs: number;
  readonly #progress: ProgressClock;
  #done = 0;

  constructor(filter: MessageFilter | undefined, settings: ListSettings) {
    this.#filter = filter;
    this.#settings = settings;
    this.#nowMs = settings.nowMs();
    this.#progress = new ProgressClock(settings.onProgress);
  }

  /** A message that was listed and then gone. */
  gone(): void {
    this.#settings.reports.add('found');
    this.#settings.reports.add('gone');
  }

  pass(entries: readonly QueueEntry[]): QueueEntry[] {
    const passed = entries.filter((entry) => this.#isWanted(entry));
    this.#settings.reports.add('found', entries.length);
    this.#settings.reports.add('emitted', passed.length);
    this.#done += entries.length;
    this.#progress.at(this.#done, undefined);
    return passed;
  }

  /** There are no more. */
  end(): void {
    this.#progress.end(this.#done, this.#done);
  }

  #isWanted(entry: QueueEntry): boolean {
    const { damaged, reports } = this.#settings;
    const isDamaged = entry.state === 'damaged';
    const isMatch = this.#filter?.matches(entry, this.#nowMs);
    const isWanted = isMatch === true || (isDamaged ? damaged : isMatch === undefined);
    if (!isWanted && !isDamaged) reports.add('filtered');
    else if (entry.problem !== undefined) this.#tell(entry.id, entry.problem, isWanted);
    return isWanted;
  }

  #tell(id: string, { kind, reason }: SpoolProblem, isEmitted: boolean): void {
    const { reports } = this.#settings;
    const code = kind === 'read' ? 'ERR_EXIM_QUEUE_UNREADABLE' : 'ERR_EXIM_QUEUE_DAMAGED';
    if (isEmitted) reports.flaw(code, `${id}: ${reason}`, { value: id });
    else reports.reject(code, `${id}: ${reason}`, { value: id });
  }
}
