import type { MainlogEvent, MainlogKind } from '../mainlog/mainlog-event.ts';
import type { EntryDiff } from './entry-diff.ts';

/** Most messages that something is noted of. */
const maxNotes = 20_000;
/** A note that no change of the queue came to need. */
const maxAgeMs = 60_000;
/** Most recipients that are noted of one message. */
const maxRecipients = 50_000;

/** What the main log told of a message and no change was made of yet. */
export interface LogNote {
  /** When it was noted, by the timers' clock. */
  notedMs: number;
  /** Time of the last line. */
  timeMs: number;
  arrived?: { readonly timeMs: number; readonly queue: string };
  completed?: boolean;
  removedBy?: string;
  cancelledBy?: string;
  movedTo?: { readonly queue: string; readonly isAside: boolean };
  frozen?: { readonly by?: string; readonly reason?: string };
  thawed?: { readonly by?: string };
  sender?: { readonly by: string };
  /** Recipients in lower case, with what the log says of them. */
  readonly delivered: Map<string, string>;
  readonly failed: Map<string, { readonly recipient: string; readonly reason: string }>;
  readonly marked: Map<string, string>;
  readonly added: Map<string, string>;
  readonly deferred: Map<string, { readonly recipient: string; readonly reason: string }>;
  /** Those of which the time for another try had not come: only told if the files tell of a delay. */
  readonly untried: Map<string, { readonly recipient: string; readonly reason: string }>;
}

/** The kinds of lines that a watch makes use of. */
export const notedKinds: readonly MainlogKind[] = [
  'arrived',
  'delivered',
  'failed',
  'deferred',
  'completed',
  'removed',
  'cancelled',
  'frozen',
  'thawed',
  'markedDelivered',
  'recipientAdded',
  'senderChanged',
  'moved',
];

/** Retry times that are not reached: nothing was tried. */
const isUntried = (errorNumber: number | undefined): boolean =>
  errorNumber !== undefined && errorNumber <= -51 && errorNumber >= -53;

/** What the main log told of messages, kept until the spool shows it, for a time and for so many. */
export class LogNotes {
  readonly #notes = new Map<string, LogNote>();
  /** Until when, in the log's time, delays were told of without the log. */
  readonly #told = new Map<string, number>();
  readonly #nowMs: () => number;
  readonly #onForgotten: (count: number) => void;

  /** @param onForgotten told of notes that fell out because there were too many */
  constructor(nowMs: () => number, onForgotten: (count: number) => void) {
    this.#nowMs = nowMs;
    this.#onForgotten = onForgotten;
  }

  get(id: string): LogNote | undefined {
    return this.#notes.get(id);
  }

  delete(id: string): void {
    this.#notes.delete(id);
  }

  /** A delay was told of before the log told it: the log's lines up to then say nothing new. */
  tellDeferred(id: string, timeMs: number): void {
    if (this.#told.size >= maxNotes) this.#told.clear();
    this.#told.set(id, timeMs);
  }

  /**
   * Forgets of a message's note what a change was made of; the rest waits for what the files will tell.
   *
   * @param done recipients that are done with, in lower case
   * @param told what the files told of
   */
  spend(id: string, done: ReadonlySet<string>, told: Partial<EntryDiff>): void {
    const note = this.#notes.get(id);
    if (note === undefined) return;
    note.deferred.clear();
    if (told.isDeferred) note.untried.clear();
    if (told.isFrozen) delete note.frozen;
    if (told.isFrozen || told.isThawed) delete note.thawed;
    if (told.hasOtherSender) delete note.sender;
    if (told.isMoved) delete note.movedTo;
    for (const address of told.added ?? []) note.added.delete(address.toLowerCase());
    for (const noted of [note.delivered, note.failed, note.marked]) {
      for (const address of noted.keys()) if (done.has(address)) noted.delete(address);
    }
  }

  /** Forgets what is too old to belong to a change that is still to be seen. */
  prune(): void {
    const oldestMs = this.#nowMs() - maxAgeMs;
    for (const [id, note] of this.#notes) {
      if (note.notedMs > oldestMs) return;
      this.#notes.delete(id);
    }
  }

  /** Notes an event; says whether the message is to be looked at for it. */
  add(event: MainlogEvent): boolean {
    if (!('id' in event) || event.id === undefined) return false;
    if (event.kind === 'deferred') {
      const toldMs = this.#told.get(event.id) ?? Number.NEGATIVE_INFINITY;
      if (event.timeMs <= toldMs) return false;
    }
    const note = this.#noteOf(event.id);
    note.timeMs = event.timeMs;
    switch (event.kind) {
      case 'arrived':
        note.arrived = { timeMs: event.timeMs, queue: event.queue ?? '' };
        return false;
      case 'completed':
        note.completed = true;
        return true;
      case 'removed':
        note.removedBy = event.by;
        return false;
      case 'cancelled':
        note.cancelledBy = event.by;
        return false;
      case 'frozen':
        note.frozen = event;
        return false;
      case 'thawed':
        note.thawed = event;
        return false;
      case 'senderChanged':
        note.sender = event;
        return false;
      case 'moved':
        note.movedTo = event.to;
        return false;
      case 'delivered':
        put(note.delivered, event.recipient, event.recipient);
        return false;
      case 'markedDelivered':
        put(note.marked, event.recipient, event.by);
        return false;
      case 'recipientAdded':
        put(note.added, event.recipient, event.by);
        return false;
      case 'failed':
        put(note.failed, event.recipient, { recipient: event.recipient, reason: event.reason });
        return false;
      case 'deferred': {
        const { recipient, reason, errorNumber } = event;
        const isTried = !isUntried(errorNumber);
        put(isTried ? note.deferred : note.untried, recipient, { recipient, reason });
        return isTried;
      }
      default:
        return false;
    }
  }

  #noteOf(id: string): LogNote {
    const notedMs = this.#nowMs();
    const before = this.#notes.get(id);
    if (before !== undefined) {
      // Behind the others: the first is the oldest.
      this.#notes.delete(id);
      this.#notes.set(id, before);
      before.notedMs = notedMs;
      return before;
    }
    if (this.#notes.size >= maxNotes) {
      const [oldest] = this.#notes.keys();
      if (oldest !== undefined) this.#notes.delete(oldest);
      this.#onForgotten(1);
    }
    const note: LogNote = {
      notedMs,
      timeMs: 0,
      delivered: new Map(),
      failed: new Map(),
      marked: new Map(),
      added: new Map(),
      deferred: new Map(),
      untried: new Map(),
    };
    this.#notes.set(id, note);
    return note;
  }
}

function put<T>(map: Map<string, T>, recipient: string, value: T): void {
  const key = recipient.toLowerCase();
  if (map.size < maxRecipients || map.has(key)) map.set(key, value);
}
