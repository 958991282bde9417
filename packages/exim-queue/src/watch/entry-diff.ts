import type { QueueEntry } from '../queue-entry.ts';

/** How two states of a message differ. */
export interface EntryDiff {
  readonly isFrozen: boolean;
  readonly isThawed: boolean;
  /** Delivery was tried for the first time, or a warning about its delay was sent. */
  readonly isDeferred: boolean;
  readonly isMoved: boolean;
  readonly hasOtherSender: boolean;
  /** Recipients that are done with since. */
  readonly done: readonly string[];
  /** Recipients that are new. */
  readonly added: readonly string[];
  /** A recipient that was done with is so no more, or is not there any more. */
  readonly isUndone: boolean;
  /** Something else differs. */
  readonly isOther: boolean;
}

/** How a message differs from what it was. The two are not the same. */
export function entryDiff(old: QueueEntry, now: QueueEntry): EntryDiff {
  const isUnreadable = old.state === 'damaged' || now.state === 'damaged';
  const done: string[] = [];
  const added: string[] = [];
  let isUndone = false;
  if (!isUnreadable) {
    const before = new Map(old.recipients.map(({ address, isDelivered }) => [address, isDelivered]));
    for (const { address, isDelivered } of now.recipients) {
      const wasDelivered = before.get(address);
      if (wasDelivered === undefined) added.push(address);
      else if (isDelivered && !wasDelivered) done.push(address);
      else if (!isDelivered && wasDelivered) isUndone = true;
      before.delete(address);
    }
    isUndone ||= before.size > 0;
  }
  // Where Exim's list is all that can be read, it is not known since when.
  const isFrozen = hasStopped(now) && (!hasStopped(old) || now.frozenSinceMs !== old.frozenSinceMs);
  const isThawed = !isUnreadable && hasStopped(old) && !hasStopped(now);
  const isTried = old.state === 'new' && now.state === 'deferred';
  const isDeferred = !isUnreadable && !isFrozen && (isTried || now.warnings > old.warnings);
  const isMoved = old.queue !== now.queue || old.isAside !== now.isAside;
  const hasOtherSender = !isUnreadable && old.sender !== now.sender;
  const isTold = isFrozen || isThawed || isDeferred || isMoved || hasOtherSender || done.length > 0 || added.length > 0;
  return {
    isFrozen,
    isThawed,
    isDeferred,
    isMoved,
    hasOtherSender,
    done,
    added,
    isUndone,
    isOther: isUndone || !isTold,
  };
}

const hasStopped = ({ state, frozenSinceMs }: QueueEntry): boolean => state === 'frozen' || frozenSinceMs !== undefined;
