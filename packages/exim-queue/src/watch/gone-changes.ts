import type { QueueChange, QueueChangeKind } from '../queue-change.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { placeWords, type Situation } from './present-changes.ts';

/** How a message went, besides what the log says. */
export interface Leaving extends Situation {
  /** Recipients that its journal had last. */
  readonly journal: ReadonlySet<string>;
  /** Whether it was told that a recipient failed. */
  readonly isBounced: boolean;
  /** Where it was found, outside of what is watched. */
  readonly foundIn?: { readonly queue: string; readonly isAside: boolean };
}

/**
 * The changes of a message that is gone: what became of its recipients, and last how it left.
 *
 * @param old as it was last; undefined: only the log knows of it
 */
export function goneChanges(old: QueueEntry | undefined, leaving: Leaving): QueueChange[] {
  const { id, note, from, nowMs } = leaving;
  const changes: QueueChange[] = [];
  const pending = old?.recipients.filter(({ isDelivered }) => !isDelivered).map(({ address }) => address) ?? [];
  const add = (kind: QueueChangeKind, isGone: boolean, isLogged: boolean, more: Partial<QueueChange>): void => {
    const timeMs = isLogged && note !== undefined ? note.timeMs : nowMs;
    const toldBy = from === 'spool' && isLogged ? 'log' : from;
    changes.push({ kind, id, timeMs, isGone, ...(old !== undefined && { entry: old }), ...more, from: toldBy });
  };
  const moved = note?.movedTo ?? leaving.foundIn;
  if (moved !== undefined) {
    add('changed', true, note?.movedTo !== undefined, { reason: placeWords(moved) });
    return changes;
  }
  if (note === undefined || !(note.completed || note.removedBy || note.cancelledBy)) {
    const delivered = pending.filter((address) => leaving.journal.has(address.toLowerCase()));
    const isDelivered = delivered.length === pending.length && old?.state !== 'damaged';
    if (isDelivered) add('delivered', true, false, { recipients: delivered });
    else add('removed', true, false, {});
    return changes;
  }
  const { failed, delivered: logged } = note;
  const told =
    old === undefined ? [...logged.values()] : pending.filter((address) => logged.has(address.toLowerCase()));
  const isFailed = failed.size > 0 || note.cancelledBy !== undefined;
  const isThrough = !isFailed && note.removedBy === undefined;
  if (told.length > 0 && !isThrough) add('delivered', false, true, { recipients: told });
  if (note.removedBy !== undefined) add('removed', true, true, { by: note.removedBy });
  else if (!isFailed)
    add(told.length === 0 && leaving.isBounced ? 'bounced' : 'delivered', true, true, { recipients: told });
  else {
    const [first] = failed.values();
    const left = pending.filter((address) => !logged.has(address.toLowerCase()));
    const recipients = note.cancelledBy === undefined ? [...failed.values()].map(({ recipient }) => recipient) : left;
    add('bounced', true, true, {
      recipients,
      ...(note.cancelledBy !== undefined && { by: note.cancelledBy }),
      ...(first !== undefined && { reason: first.reason }),
    });
  }
  return changes;
}
