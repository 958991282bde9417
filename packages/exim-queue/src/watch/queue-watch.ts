import { splitFolder } from '../id/split-folder.ts';
import { entryBatches } from '../list/entry-batches.ts';
import { nextTurn } from '../list/next-turn.ts';
import type { ListOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { spoolFolders } from '../spool/spool-folders.ts';
import { compileFilter } from '../where/compile-filter.ts';
import { DirtyMessages } from './dirty-messages.ts';
import { Elsewhere } from './elsewhere.ts';
import type { WatchFolder } from './folder-watches.ts';
import { journalAddresses } from './journal-addresses.ts';
import { KnownMessages } from './known-messages.ts';
import { compareListing } from './listing-comparison.ts';
import type { LogEar } from './log-ear.ts';
import { LogNotes } from './log-notes.ts';
import { type FoundMessage, MessageFinder } from './message-finder.ts';
import { Reconciler } from './reconciler.ts';
import { Settling } from './settling.ts';
import { Sleeper } from './sleeper.ts';
import { type MessageFile, SpoolEyes } from './spool-eyes.ts';
import { WatchFaults } from './watch-faults.ts';
import type { WatchSettings } from './watch-settings.ts';
import type { WatchedDirectory } from './watched-directories.ts';

/** Longest time that the event loop is kept from other work at once. */
const sliceMs = 4;
/** Long enough for the files of one change to come together. */
const gatherMs = 5;
/** As many events at once may be more than the system keeps: 16,384, and it drops the rest without a word. */
const burstEvents = 8192;

/**
 * Follows one place's queue: what its folders show is compared with what is remembered of it, message by message when the
 * system says that a file has changed, and from time to time all of them.
 */
export class QueueWatch {
  readonly #place: QueuePlace;
  readonly #settings: WatchSettings;
  readonly #watchFolder: WatchFolder;
  readonly #known: KnownMessages;
  readonly #notes: LogNotes | undefined;
  readonly #dirty = new DirtyMessages();
  readonly #faults: WatchFaults;
  readonly #elsewhere: Elsewhere;
  readonly #sleeper: Sleeper;
  #list!: (signal: AbortSignal) => AsyncIterable<readonly QueueEntry[]>;
  #eyes!: SpoolEyes;
  #finder!: MessageFinder;
  #settling!: Settling;
  #reconciler!: Reconciler;
  #gatherAtMs = 0;
  #isStructureDue = false;
  #events = 0;
  /** Messages that the comparison under way found to have changed. */
  #found = 0;
  #listings = 0;

  /** @param watchFolder how folders are watched */
  constructor(place: QueuePlace, settings: WatchSettings, watchFolder: WatchFolder) {
    this.#place = place;
    this.#settings = settings;
    this.#watchFolder = watchFolder;
    const { timers, reports, maxMessages, mainlog } = settings;
    this.#known = new KnownMessages(maxMessages);
    this.#faults = new WatchFaults(reports, place);
    this.#sleeper = new Sleeper(timers);
    this.#elsewhere = new Elsewhere(place);
    const nowMs = (): number => timers.nowMs();
    if (mainlog !== undefined) this.#notes = new LogNotes(nowMs, (count) => reports.add('forgottenLogNotes', count));
  }

  /** What is there, and all changes from then on, in batches. Ends when `signal` aborts. */
  async *changes(signal: AbortSignal): AsyncGenerator<readonly QueueChange[], void, undefined> {
    const stop = (): void => this.#sleeper.wake();
    signal.addEventListener('abort', stop, { once: true });
    let ear: LogEar | undefined;
    try {
      await this.#prepare();
      ear = await this.#listen();
      yield* this.#begin(signal);
      while (!signal.aborted) {
        if (this.#isStructureDue) this.#refresh();
        const changes = this.#isListed ? await this.#compareListing(signal) : this.#slice();
        this.#settings.reports.add('changes', changes.length);
        if (changes.length > 0) yield changes;
        await nextTurn();
        await this.#sleeper.sleep(() => this.#nextMs(), signal);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      ear?.close();
      this.#eyes?.close();
      this.#reconciler?.close();
    }
  }

  get #isListed(): boolean {
    return this.#place.backend === 'exim';
  }

  async #prepare(): Promise<void> {
    const { where, reports, ...settings } = this.#settings;
    const filter = where === undefined ? undefined : await compileFilter(where);
    const fields = new Set([...settings.fields, ...(filter?.fields ?? [])]);
    const headers = filter?.headers ?? new Set<string>();
    const listed: ListOptions = { fields: [...fields], headers: [...headers], order: 'none', damaged: true };
    this.#list = (signal) => entryBatches(this.#place, { ...listed, signal });
    this.#settling = new Settling({
      settings: this.#settings,
      known: this.#known,
      filter,
      notes: this.#notes,
      readAgain: (id) => this.#finder.find(id)?.entry,
      isWatched: ({ queue, isAside }) => this.#isWatched(queue, isAside),
      findElsewhere: (id) => (this.#isListed ? undefined : this.#elsewhere.find(id)),
      onFull: () => this.#faults.full(this.#settings.maxMessages),
    });
    this.#eyes = new SpoolEyes(this.#place, this.#watchFolder, reports, {
      onEvent: () => {
        this.#events += 1;
      },
      onFile: (id, part, file) => this.#onFile(id, part, file),
      onStructure: () => {
        this.#isStructureDue = true;
        this.#sleeper.wake();
      },
    });
    this.#finder = new MessageFinder(this.#eyes.directories, fields, headers);
    this.#reconciler = new Reconciler({
      settings: this.#settings,
      known: this.#known,
      filter,
      directories: () => this.#allDirectories(),
      onUnreadable: ({ path }, error) => this.#faults.unreadable(path, error.message),
    });
    if (this.#isListed) this.#faults.unwatchable();
    else {
      // There has to be a spool to begin with.
      await spoolFolders(this.#place);
      this.#eyes.refresh();
    }
  }

  #isWatched(queue: string, isAside: boolean): boolean {
    const { queue: watched, aside } = this.#place;
    return (watched === '*' || watched === queue) && (aside || !isAside);
  }

  async #listen(): Promise<LogEar | undefined> {
    const { mainlog, reports, clock } = this.#settings;
    if (mainlog === undefined || this.#notes === undefined) return undefined;
    const onNote = (id: string, isReason: boolean): void => {
      if (isReason || this.#dirty.isWaiting(id)) this.#mark(id, false);
    };
    const { LogEar } = await import('./log-ear.ts');
    return new LogEar(mainlog, this.#notes, { reports, sinceMs: clock.nowMs(), onNote });
  }

  /** What is there already. */
  async *#begin(signal: AbortSignal): AsyncGenerator<readonly QueueChange[], void, undefined> {
    const { initial, reports, clock } = this.#settings;
    const readMs = Date.now();
    let count = 0;
    for await (const batch of this.#list(signal)) {
      const changes: QueueChange[] = [];
      for (const entry of batch) {
        const { id } = entry;
        // It was moved from one folder to the other while these were read.
        if (this.#known.get(id) !== undefined) {
          this.#mark(id, false);
          continue;
        }
        const directory = this.#eyes.directories.likelyOf(entry, splitFolder(id));
        if (!this.#settling.begin(entry, readMs, directory)) continue;
        count += 1;
        if (initial) changes.push({ kind: 'present', id, timeMs: clock.nowMs(), isGone: false, entry, from: 'spool' });
      }
      reports.add('changes', changes.length);
      if (changes.length > 0) yield changes;
    }
    if (signal.aborted) return;
    reports.add('changes');
    yield [{ kind: 'ready', id: '', timeMs: clock.nowMs(), isGone: false, count, from: 'spool' }];
    this.#reconciler.later();
  }

  /** Directories may have come or gone. */
  #refresh(): void {
    this.#isStructureDue = false;
    this.#reconciler.scan(this.#eyes.refresh());
    this.#reconciler.scan([...this.#eyes.directories.all()].filter(({ isThere, isStale }) => !isThere && isStale));
  }

  /** For a comparison: also those that came while the folders above them could not be watched. */
  #allDirectories(): Iterable<WatchedDirectory> {
    this.#eyes.refresh();
    this.#notes?.prune();
    return this.#eyes.directories.all();
  }

  #onFile(id: string, part: MessageFile, file: string): void {
    const isKnown = this.#known.get(id) !== undefined;
    // -D comes before -H and goes before it: alone it says something only of a message that stays.
    if (part === '-D' && !isKnown) return;
    const dirty = this.#mark(id, false);
    if (part !== '-J' || dirty === undefined || !isKnown) return;
    // It is gone a moment after the last delivery.
    const addresses = journalAddresses(file);
    if (addresses.length > 0) dirty.journal = new Set(addresses);
  }

  #mark(id: string, isMissed: boolean) {
    if (this.#dirty.isFull && !this.#dirty.has(id)) {
      this.#reconciler.soon();
      return undefined;
    }
    if (!this.#dirty.hasReady) {
      this.#gatherAtMs = this.#settings.timers.nowMs() + (isMissed ? 0 : gatherMs);
      this.#sleeper.wake();
    }
    return this.#dirty.add(id, isMissed);
  }

  /** When there is something to do, by the timers' clock. */
  #nextMs(): number {
    if (this.#isStructureDue) return 0;
    const gatherAtMs = this.#dirty.hasReady ? this.#gatherAtMs : Number.POSITIVE_INFINITY;
    return Math.min(gatherAtMs, this.#reconciler.nextMs, this.#dirty.nextDeadlineMs ?? Number.POSITIVE_INFINITY);
  }

  /** Works for as long as the event loop may be kept. */
  #slice(): readonly QueueChange[] {
    const { timers, clock } = this.#settings;
    const endMs = performance.now() + sliceMs;
    this.#dirty.expire(timers.nowMs());
    const { ids, isMissed } = this.#reconciler.takeSuspects();
    // By now the system has told what it has to tell: what is not dirty was missed.
    for (const id of ids) if (!this.#dirty.has(id) || this.#dirty.isWaiting(id)) this.#mark(id, isMissed);
    const changes: QueueChange[] = [];
    if (timers.nowMs() >= this.#gatherAtMs) this.#settleSome(changes, endMs);
    if (!this.#dirty.hasReady) this.#afterBurst();
    this.#reconciler.step(endMs);
    if (!this.#dirty.hasMissed && this.#reconciler.finish()) {
      const count = this.#found;
      this.#found = 0;
      changes.push({ kind: 'reconciled', id: '', timeMs: clock.nowMs(), isGone: false, count, from: 'reconcile' });
    }
    return changes;
  }

  #settleSome(changes: QueueChange[], endMs: number): void {
    const { reports } = this.#settings;
    while (performance.now() < endMs) {
      const dirty = this.#dirty.take();
      if (dirty === undefined) return;
      const readMs = Date.now();
      const now = this.#find(dirty.id);
      const isUnreadable = now?.entry.problem?.kind === 'read' && this.#known.get(dirty.id) !== undefined;
      // What may not be read is neither gone nor changed.
      if (isUnreadable) this.#faults.unreadable(now.directory.path, now.entry.problem?.reason ?? '');
      const settled = isUnreadable ? [] : this.#settling.settle(dirty, now?.entry, readMs);
      if (settled === undefined) {
        this.#dirty.wait(dirty);
        continue;
      }
      this.#dirty.settled(dirty);
      if (dirty.isMissed && settled.length > 0) {
        reports.add('missedChanges', settled.length);
        this.#found += 1;
      }
      changes.push(...settled);
      const known = this.#known.get(dirty.id);
      if (known !== undefined && now !== undefined) known.directory = now.directory.number;
    }
  }

  #find(id: string): FoundMessage | undefined {
    const found = this.#finder.find(id);
    if (found !== undefined || this.#known.get(id) === undefined) return found;
    // It may lie in a directory that has come to be since.
    const place = this.#elsewhere.find(id);
    if (place === undefined || !this.#isWatched(place.queue, place.isAside)) return undefined;
    this.#refresh();
    return this.#finder.find(id);
  }

  #afterBurst(): void {
    if (this.#events >= burstEvents) this.#reconciler.soon();
    this.#events = 0;
  }

  /** Where the spool may not be read: all that Exim lists is compared with what is known. */
  async #compareListing(signal: AbortSignal): Promise<readonly QueueChange[]> {
    const { clock, timers, reports } = this.#settings;
    if (timers.nowMs() < this.#reconciler.dueMs) return [];
    this.#listings += 1;
    const parts = { known: this.#known, settling: this.#settling };
    const compared = await compareListing(this.#list(signal), this.#listings, parts, signal);
    this.#reconciler.later();
    this.#notes?.prune();
    if (compared === undefined) return [];
    const { changes, count, failure } = compared;
    reports.add('missedChanges', changes.length);
    this.#faults.listed(failure);
    if (failure !== undefined) return changes;
    return [...changes, { kind: 'reconciled', id: '', timeMs: clock.nowMs(), isGone: false, count, from: 'reconcile' }];
  }
}
