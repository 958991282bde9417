import type { QueueField } from '../options.ts';
import type { QueueEntry, SpoolProblem } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { FileBytes } from '../spool/file-bytes.ts';
import type { HeaderChoice } from '../spool/header-block.ts';
import { LockView } from '../spool/lock-view.ts';
import { MessageReader } from '../spool/message-reader.ts';
import { type DirectoryNames, NameReader } from '../spool/name-reader.ts';
import { readFault } from '../spool/read-fault.ts';
import type { SpoolDirectory } from '../spool/spool-directory.ts';
import { spoolFolders } from '../spool/spool-folders.ts';
import type { MessageFilter } from '../where/message-filter.ts';
import { DiskWaits } from './disk-waits.ts';
import { FileWarmer } from './file-warmer.ts';
import type { ListSettings } from './list-settings.ts';
import { MessageQueue } from './message-queue.ts';
import { nextTurn } from './next-turn.ts';
import { ProgressClock } from './progress-clock.ts';

/** How long files are read before others get their turn; what is read meanwhile stays small enough for the young generation. */
const sliceMs = 2;
/** How many files are fetched at once at first, and at most; between two fetches it is tried whether that is needed. */
const firstWindow = 64;
const maxWindow = 1024;
/** How long it is tried, in ms and in files. */
const trialMs = 1;
const trialFiles = 16;

/** Messages that wait, at most, for who has them locked. */
const maxHeld = 4096;

export interface ListPassOptions {
  readonly settings: ListSettings;
  readonly filter: MessageFilter | undefined;
  readonly signal: AbortSignal;
  /** Fetches files ahead however quick the disk is; for tests. */
  readonly isSlow?: boolean;
}

/** Goes through a queue once. */
export class ListPass {
  readonly #place: QueuePlace;
  readonly #settings: ListSettings;
  readonly #filter: MessageFilter | undefined;
  readonly #asksId: boolean;
  readonly #signal: AbortSignal;
  readonly #isAlwaysSlow: boolean;
  readonly #nowMs: number;
  readonly #fields: ReadonlySet<QueueField>;
  readonly #reader: MessageReader;
  readonly #warmer: FileWarmer;
  readonly #progress: ProgressClock;
  readonly #waits = new DiskWaits();
  readonly #locks = new LockView();
  /** Done when the locks were looked at. */
  #lockLook: Promise<void> | undefined;
  #isLooking = false;
  #done = 0;
  /** How many of them are counted. */
  #counted = 0;
  #gone = 0;
  #filtered = 0;
  #isSlow = false;
  /** Files that were fetched and are to be read at once. */
  #warm = 0;
  #window = firstWindow;

  constructor(place: QueuePlace, options: ListPassOptions) {
    const { settings, filter, signal } = options;
    this.#place = place;
    this.#settings = settings;
    this.#filter = filter;
    this.#asksId = filter?.asksId ?? false;
    this.#signal = signal;
    this.#isAlwaysSlow = options.isSlow ?? false;
    this.#nowMs = settings.nowMs();
    const fields = new Set([...settings.fields, ...(filter?.fields ?? [])]);
    this.#fields = fields;
    this.#reader = new MessageReader({
      fields,
      headers: this.#headers(),
      filter,
      nowMs: this.#nowMs,
      locks: this.#locks,
      bytes: new FileBytes(settings.maxHeaderFileBytes),
      onUnreadable: this.#onUnreadable,
    });
    this.#warmer = new FileWarmer({ maxParallel: settings.maxParallelReads, hasBody: fields.has('size') });
    this.#progress = new ProgressClock(settings.onProgress);
  }

  readonly #onUnreadable = (path: string, error: unknown): void =>
    this.#settings.reports.flaw('ERR_EXIM_QUEUE_UNREADABLE', `cannot be read: ${readFault(error)}`, { path });

  async *run(): AsyncGenerator<readonly QueueEntry[]> {
    if (this.#fields.has('locks')) this.#look();
    // Who filters by locks has to know them first; and without sizes, whether there are any decides what is looked at.
    if (this.#filter?.fields.has('locks') === true || !this.#fields.has('size')) await this.#lockLook;
    const names = new NameReader(await spoolFolders(this.#place), { onUnreadable: this.#onUnreadable });
    try {
      const isSorted = this.#settings.order === 'arrival';
      const all: DirectoryNames[] = [];
      for await (const found of this.#directories(names)) {
        if (isSorted) all.push(found);
        else yield* this.#read(new MessageQueue([found], false), undefined);
      }
      if (isSorted && !this.#signal.aborted) yield* this.#sorted(all);
      if (!this.#signal.aborted) this.#progress.end(this.#done, this.#done);
    } finally {
      names.close();
    }
  }

  #look(): void {
    this.#isLooking = true;
    this.#lockLook = this.#locks.refresh().then(() => {
      this.#isLooking = false;
    });
  }

  async *#sorted(all: readonly DirectoryNames[]): AsyncGenerator<readonly QueueEntry[]> {
    const queue = new MessageQueue(all, true);
    yield* this.#read(queue, queue.length);
  }

  async *#directories(names: NameReader): AsyncGenerator<DirectoryNames> {
    while (!this.#signal.aborted) {
      const untilMs = performance.now() + sliceMs;
      for (let found = names.read(untilMs); found !== undefined; found = names.read(untilMs)) {
        if (found === 'done') return;
        yield found;
      }
      await nextTurn();
    }
  }

  /** @param total how many messages there are, where that is known */
  async *#read(queue: MessageQueue, total: number | undefined): AsyncGenerator<readonly QueueEntry[]> {
    let held: QueueEntry[] = [];
    while (queue.hasNext && !this.#signal.aborted) {
      const entries = this.#slice(queue);
      this.#count(entries.length);
      this.#progress.at(this.#done, total);
      held = held.length === 0 ? entries : held.concat(entries);
      const isWaiting = this.#isLooking && queue.hasNext && held.length < maxHeld;
      if (!isWaiting) {
        await this.#lockLook;
        if (held.length > 0) yield held;
        held = [];
      }
      await nextTurn();
      if (this.#isSlow && this.#warm === 0) await this.#fetch(queue);
    }
  }

  /** Reads messages for a while. */
  #slice(queue: MessageQueue): QueueEntry[] {
    const entries: QueueEntry[] = [];
    const isTrial = this.#isSlow && this.#warm === 0;
    const max = isTrial ? trialFiles : this.#warm || Number.POSITIVE_INFINITY;
    const { files } = this.#reader;
    const startMs = performance.now();
    this.#waits.start(startMs);
    const untilMs = startMs + (isTrial ? trialMs : sliceMs);
    let nowMs = startMs;
    let count = 0;
    queue.settle();
    while (count < max && queue.hasNext && nowMs < untilMs) {
      this.#take(queue, entries);
      queue.at += 1;
      count += 1;
      nowMs = performance.now();
    }
    this.#done += count;
    if (this.#warm > 0) this.#warm -= count;
    else this.#isSlow = this.#isAlwaysSlow || this.#waits.isSlow(this.#reader.files - files, nowMs);
    if (!this.#isSlow) this.#window = firstWindow;
    return entries;
  }

  #take(queue: MessageQueue, entries: QueueEntry[]): void {
    const { at } = queue;
    if (this.#asksId && this.#filter?.mayMatchId(queue.id(at), this.#nowMs) === false) {
      this.#filtered += 1;
      return;
    }
    const directory = queue.directory(at);
    const entry = this.#reader.readAt(directory, queue.path(at), queue.nameLength(at));
    if (entry === 'filtered') this.#filtered += 1;
    else if (entry === 'gone') this.#gone += 1;
    else if (entry.problem === undefined || this.#isTold(entry, entry.problem, directory)) entries.push(entry);
  }

  /** Reports what is wrong with a message; whether it is emitted all the same. */
  #isTold(entry: QueueEntry, { kind, reason }: SpoolProblem, { path }: SpoolDirectory): boolean {
    const { damaged, reports } = this.#settings;
    const isTold = entry.state !== 'damaged' || damaged || this.#filter?.matches(entry, this.#nowMs) === true;
    const code = kind === 'read' ? 'ERR_EXIM_QUEUE_UNREADABLE' : 'ERR_EXIM_QUEUE_DAMAGED';
    const place = { path: `${path}${entry.id}-H`, value: entry.id };
    if (isTold) reports.flaw(code, reason, place);
    else reports.reject(code, reason, place);
    return isTold;
  }

  async #fetch(queue: MessageQueue): Promise<void> {
    const count = Math.min(this.#window, queue.length - queue.at);
    this.#window = Math.min(this.#window * 2, maxWindow);
    const pathAt = (index: number): string | undefined => {
      const at = queue.at + index;
      const id = queue.id(at);
      const isWanted = this.#filter?.mayMatchId(id, this.#nowMs) ?? true;
      return isWanted ? `${queue.directory(at).path}${id}` : undefined;
    };
    await this.#warmer.warm(count, pathAt, this.#signal);
    this.#warm = count;
  }

  #count(emitted: number): void {
    const { reports } = this.#settings;
    const reader = this.#reader;
    reports.add('found', this.#done - this.#counted);
    reports.add('emitted', emitted);
    reports.add('filtered', this.#filtered);
    reports.add('gone', this.#gone);
    reports.add('files', reader.files);
    reports.add('bytes', reader.bytes);
    this.#counted = this.#done;
    this.#filtered = this.#gone = reader.files = reader.bytes = 0;
  }

  #headers(): HeaderChoice {
    const { fields, headers } = this.#settings;
    const needed = this.#filter?.headers ?? [];
    if (!fields.has('headers')) return new Set(needed);
    return headers === undefined ? 'all' : new Set([...headers, ...needed]);
  }
}
