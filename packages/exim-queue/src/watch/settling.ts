import type { QueueChange } from '../queue-change.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { MessageFilter } from '../where/message-filter.ts';
import type { DirtyMessage } from './dirty-messages.ts';
import { type EntryDiff, entryDiff } from './entry-diff.ts';
import { goneChanges } from './gone-changes.ts';
import type { KnownMessage, KnownMessages } from './known-messages.ts';
import type { LogNote, LogNotes } from './log-notes.ts';
import { packEntry } from './pack-entry.ts';
import { isExplained, presentChanges, type Situation } from './present-changes.ts';
import type { WatchSettings } from './watch-settings.ts';

const noJournal: ReadonlySet<string> = new Set();

/** What settling works with. */
export interface SettlingParts {
  readonly settings: WatchSettings;
  readonly known: KnownMessages;
  readonly filter: MessageFilter | undefined;
  /** What the main log told; undefined where there is none. */
  readonly notes: LogNotes | undefined;
  /** Reads a message once more. */
  readonly readAgain: (id: string) => QueueEntry | undefined;
  /** Whether a place belongs to what is watched. */
  readonly isWatched: (place: { readonly queue: string; readonly isAside: boolean }) => boolean;
  /** Where a message is that has left what is watched. */
  readonly findElsewhere: (id: string) => { readonly queue: string; readonly isAside: boolean } | undefined;
  /** A message could not be remembered: there are too many. */
  readonly onFull: () => void;
}

/** Makes changes of what a message was, is, and is said to have been through. */
export class Settling {
  readonly #parts: SettlingParts;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  /**
   * Remembers a message that was there from the beginning; whether it is to be told of.
   *
   * @param readMs before it was read, by the machine's clock
   * @param directory that it is likely to lie in
   */
  begin(entry: QueueEntry, readMs: number, directory: number): boolean {
    const isMatch = this.#isMatch(entry);
    const known = this.#parts.known.add(withoutParts(entry), isMatch, directory);
    if (known === undefined) this.#parts.onFull();
    else known.stamp = -readMs;
    return known !== undefined && isMatch;
  }

  /**
   * Settles a message by what was read of it; undefined when it is gone.
   *
   * @param readMs before it was read, by the machine's clock
   * @returns the changes; undefined when the log is to be waited for
   */
  settle(dirty: DirtyMessage, now: QueueEntry | undefined, readMs: number): readonly QueueChange[] | undefined {
    const { known, notes, settings } = this.#parts;
    const { id } = dirty;
    const before = known.get(id);
    const note = notes?.get(id);
    const from = dirty.isMissed ? 'reconcile' : 'spool';
    const situation: Situation = { id, from, nowMs: settings.clock.nowMs(), readMs, note };
    if (now === undefined) return this.#gone(dirty, before, situation);
    if (before === undefined) return this.#arrived(now, situation);
    return this.#present(dirty, before, now, situation);
  }

  #arrived(now: QueueEntry, situation: Situation): readonly QueueChange[] {
    const isMatch = this.#isMatch(now);
    const entry = withoutParts(now);
    const known = this.#parts.known.add(entry, isMatch, -1);
    if (known === undefined) {
      this.#parts.onFull();
      return [];
    }
    known.stamp = -situation.readMs;
    const { id, from, nowMs, note } = situation;
    const changes = isMatch ? [{ kind: 'arrived', id, timeMs: nowMs, isGone: false, entry, from } as QueueChange] : [];
    // What the log says of its recipients stands in the entry already, save why they wait.
    if (isMatch) changes.push(...presentChanges(undefined, entry, situation));
    if (note !== undefined)
      this.#parts.notes?.spend(id, doneOf(now), { isFrozen: true, hasOtherSender: true, isMoved: true });
    return changes;
  }

  #present(
    dirty: DirtyMessage,
    before: KnownMessage,
    now: QueueEntry,
    situation: Situation,
    isAgain = false,
  ): readonly QueueChange[] | undefined {
    const { known, notes, settings } = this.#parts;
    const { id, note } = situation;
    const isMatch = this.#isMatch(now);
    const entry = withoutParts(now);
    const packed = packEntry(entry);
    const isSame = packed === before.packed;
    const diff = isSame ? undefined : entryDiff(known.entry(id) as QueueEntry, entry);
    if (diff?.isUndone === true && !isAgain) {
      // Between the looks at -H and at -J, Exim may have taken -J into a new -H.
      const again = this.#parts.readAgain(id);
      return again === undefined ? [] : this.#present(dirty, before, again, situation, true);
    }
    if (notes !== undefined && !isSettled(diff, entry, note) && this.#waits(dirty)) return undefined;
    const wasMatch = before.isMatch;
    before.packed = packed;
    before.stamp = -situation.readMs;
    before.isMatch = isMatch;
    if (diff?.done.some((address) => note?.failed.has(address.toLowerCase()))) before.isBounced = true;
    const changes = wasMatch || isMatch ? presentChanges(diff, entry, situation) : [];
    if (diff?.isDeferred) notes?.tellDeferred(id, settings.clock.nowMs());
    if (note !== undefined) notes?.spend(id, doneOf(entry), diff ?? {});
    if (wasMatch && isMatch) return changes;
    const { from, nowMs } = situation;
    const change = { id, timeMs: nowMs, isGone: false, entry, from } as const;
    if (isMatch) return [{ ...change, kind: 'arrived' } as const];
    return wasMatch ? [{ ...change, kind: 'changed', matches: false } as const] : [];
  }

  #gone(
    dirty: DirtyMessage,
    before: KnownMessage | undefined,
    situation: Situation,
  ): readonly QueueChange[] | undefined {
    const { known, notes, filter } = this.#parts;
    const { id, note } = situation;
    if (before === undefined) {
      // It came and went between two looks; the log alone knows of it.
      if (note?.completed !== true) return [];
      notes?.delete(id);
      if (note.arrived === undefined || filter !== undefined) return [];
      const arrived: QueueChange = { kind: 'arrived', id, timeMs: note.arrived.timeMs, isGone: false, from: 'log' };
      return [arrived, ...goneChanges(undefined, { ...situation, isBounced: false, journal: noJournal })];
    }
    // It was moved about before it went.
    if (note?.movedTo !== undefined && this.#parts.isWatched(note.movedTo)) delete note.movedTo;
    const isTold = note?.completed === true || note?.movedTo !== undefined;
    if (notes !== undefined && !isTold && this.#waits(dirty)) return undefined;
    const old = known.entry(id) as QueueEntry;
    known.delete(id);
    notes?.delete(id);
    if (!before.isMatch) return [];
    const foundIn = isTold ? undefined : this.#parts.findElsewhere(id);
    return goneChanges(old, {
      ...situation,
      isBounced: before.isBounced,
      journal: dirty.journal ?? noJournal,
      ...(foundIn !== undefined && { foundIn }),
    });
  }

  /** Whether there is still time for the log to tell more. */
  #waits(dirty: DirtyMessage): boolean {
    const { timers, logWaitMs } = this.#parts.settings;
    dirty.deadlineMs ??= timers.nowMs() + logWaitMs;
    return timers.nowMs() < dirty.deadlineMs;
  }

  #isMatch(entry: QueueEntry): boolean {
    const { filter, settings } = this.#parts;
    return filter === undefined || filter.matches(entry, settings.clock.nowMs());
  }
}

/** Whether log and files have told of the same: neither is behind the other. */
function isSettled(diff: EntryDiff | undefined, { state, recipients }: QueueEntry, note: LogNote | undefined): boolean {
  // After a first attempt, or one at a frozen message, Exim writes -H anew.
  if (note !== undefined && note.deferred.size > 0 && (state === 'new' || state === 'frozen')) return false;
  // It is about to go.
  if (diff !== undefined && diff.done.length > 0 && recipients.every(({ isDelivered }) => isDelivered)) return false;
  return diff === undefined || isExplained(diff, note);
}

/** Addresses of an entry that are done with, in lower case. */
const doneOf = ({ recipients }: QueueEntry): ReadonlySet<string> =>
  new Set(recipients.flatMap(({ address, isDelivered }) => (isDelivered ? [address.toLowerCase()] : [])));

/** What a filter looked at is not remembered. */
function withoutParts(entry: QueueEntry): QueueEntry {
  if (entry.headers === undefined && entry.recipients.every(({ reason }) => reason === undefined)) return entry;
  const { headers: _, ...rest } = entry;
  return { ...rest, recipients: entry.recipients.map(({ reason: __, ...recipient }) => recipient) };
}
