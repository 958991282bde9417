import type { QueueChange, QueueChangeKind } from '../queue-change.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { EntryDiff } from './entry-diff.ts';
import type { LogNote } from './log-notes.ts';

/** What a change is made of. */
export interface Situation {
  readonly id: string;
  /** What told it, when it was not the log. */
  readonly from: 'spool' | 'reconcile';
  /** When it was noticed. */
  readonly nowMs: number;
  /** Before it was read, by the machine's clock, as files have their times. */
  readonly readMs: number;
  readonly note: LogNote | undefined;
}

/** Whether the log has told all that it tells of such a difference. */
export function isExplained(diff: EntryDiff, note: LogNote | undefined): boolean {
  const { done, added } = diff;
  if (diff.isOther && !diff.isDeferred && done.length === 0 && added.length === 0) return true;
  if (note === undefined) return false;
  const isToldOf = (address: string): boolean => {
    const key = address.toLowerCase();
    return note.delivered.has(key) || note.failed.has(key) || note.marked.has(key);
  };
  return (
    (!diff.isFrozen || note.frozen !== undefined) &&
    (!diff.isThawed || note.thawed !== undefined) &&
    (!diff.isDeferred || note.deferred.size > 0 || note.untried.size > 0) &&
    (!diff.isMoved || note.movedTo !== undefined) &&
    (!diff.hasOtherSender || note.sender !== undefined) &&
    done.every(isToldOf) &&
    added.every((address) => note.added.has(address.toLowerCase()))
  );
}

/**
 * The changes of a message that is there, in the order in which they can have happened.
 *
 * @param diff undefined: it is as it was, and only the log tells something
 */
export function presentChanges(diff: EntryDiff | undefined, now: QueueEntry, situation: Situation): QueueChange[] {
  const { id, note, from, nowMs } = situation;
  const changes: QueueChange[] = [];
  const add = (kind: QueueChangeKind, isLogged: boolean, more: Partial<QueueChange> = {}): void => {
    const timeMs = isLogged && note !== undefined ? note.timeMs : nowMs;
    const toldBy = from === 'spool' && isLogged ? 'log' : from;
    changes.push({ kind, id, timeMs, isGone: false, entry: now, ...more, from: toldBy });
  };
  if (diff?.isThawed === true || (diff?.isFrozen === true && note?.thawed !== undefined)) {
    add('thawed', note?.thawed !== undefined, by(note?.thawed?.by));
  }
  if (diff !== undefined) addDone(diff.done, note, add);
  for (const [address, who] of namedOf(diff?.added ?? [], note?.added)) {
    add('changed', who !== undefined, { recipients: [address], ...by(who), reason: 'recipient added' });
  }
  if (diff?.hasOtherSender)
    add('changed', note?.sender !== undefined, { ...by(note?.sender?.by), reason: 'sender changed' });
  if (diff?.isMoved && !diff.isFrozen && !diff.isThawed) {
    add('changed', note?.movedTo !== undefined, { reason: placeWords(now) });
  }
  if (diff?.isOther) add('changed', false);
  const untried = diff?.isDeferred === true ? (note?.untried.values() ?? []) : [];
  const deferred = [...(note?.deferred.values() ?? []), ...untried];
  if (diff?.isDeferred || deferred.length > 0) {
    const [first] = deferred;
    add('deferred', first !== undefined, {
      ...(first !== undefined && { recipients: deferred.map(({ recipient }) => recipient), reason: first.reason }),
    });
  }
  if (diff?.isFrozen) {
    const { reason } = note?.frozen ?? {};
    add('frozen', note?.frozen !== undefined, { ...by(note?.frozen?.by), ...(reason !== undefined && { reason }) });
  }
  return changes;
}

type Add = (kind: QueueChangeKind, isLogged: boolean, more?: Partial<QueueChange>) => void;

/** Recipients that are done with: by a delivery, by a failure, or because an administrator said so. */
function addDone(done: readonly string[], note: LogNote | undefined, add: Add): void {
  const marked = done.filter((address) => note?.marked.has(address.toLowerCase()));
  const failed = done.filter((address) => !marked.includes(address) && note?.failed.has(address.toLowerCase()));
  const delivered = done.length === 0 ? [] : without(done, [...marked, ...failed]);
  if (delivered.length > 0) {
    const isLogged = delivered.every((address) => note?.delivered.has(address.toLowerCase()));
    add('delivered', isLogged, { recipients: delivered });
  }
  if (failed.length > 0) {
    const reason = note?.failed.get((failed[0] ?? '').toLowerCase())?.reason;
    add('bounced', true, { recipients: failed, ...(reason !== undefined && { reason }) });
  }
  for (const [who, recipients] of grouped(marked, note?.marked)) {
    add('changed', true, { recipients, ...by(who), reason: 'marked delivered' });
  }
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const left = new Set(some);
  return all.filter((address) => !left.has(address));
}

function grouped(addresses: readonly string[], by: ReadonlyMap<string, string> | undefined): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const address of addresses) {
    const who = by?.get(address.toLowerCase()) ?? '';
    const group = groups.get(who);
    if (group === undefined) groups.set(who, [address]);
    else group.push(address);
  }
  return groups;
}

const namedOf = (
  addresses: readonly string[],
  who: ReadonlyMap<string, string> | undefined,
): [address: string, who: string | undefined][] =>
  addresses.map((address) => [address, who?.get(address.toLowerCase())]);

const by = (who: string | undefined): { by?: string } => (who === undefined || who === '' ? {} : { by: who });

/** Where a message is, for people. */
export const placeWords = ({ queue, isAside }: { queue: string; isAside: boolean }): string =>
  isAside ? 'put aside' : queue === '' ? 'moved to the main queue' : `moved to the queue ${queue}`;
