import type { QueueEntry, QueueState } from '../queue-entry.ts';
import { type Condition, condition, type EnvelopeHead, envelopeCondition } from './condition.ts';
import type { Verdict } from './verdict.ts';

/**
 * By how much the time of an id and that in -H may differ, in ms. Exim takes both at the same moment; the margin is for
 * messages that came in slowly under old releases.
 */
const marginMs = 3_600_000;

export function idsCondition(ids: readonly string[]): Condition {
  const wanted = new Set(ids);
  return condition({
    byId: (id) => wanted.has(id),
    byHead: ({ id }) => wanted.has(id),
    byEntry: ({ id }) => wanted.has(id),
  });
}

/** Received longer ago than that. Of a message with a damaged envelope the id tells when. */
export function olderCondition(ageMs: number, idMs: (id: string) => number): Condition {
  return condition({
    byId: (id, nowMs) => roughly(nowMs - idMs(id) - ageMs),
    byHead: ({ receivedMs }, nowMs) => nowMs - receivedMs > ageMs,
    byEntry: ({ receivedMs }, nowMs) => nowMs - receivedMs > ageMs,
  });
}

/** Received less long ago than that. */
export function youngerCondition(ageMs: number, idMs: (id: string) => number): Condition {
  return condition({
    byId: (id, nowMs) => roughly(ageMs - (nowMs - idMs(id))),
    byHead: ({ receivedMs }, nowMs) => nowMs - receivedMs < ageMs,
    byEntry: ({ receivedMs }, nowMs) => nowMs - receivedMs < ageMs,
  });
}

/** Whether a difference is above zero, unless it is too near to it. */
function roughly(differenceMs: number): Verdict {
  if (differenceMs > marginMs) return true;
  return differenceMs < -marginMs ? false : undefined;
}

const isFrozen = ({ state, frozenSinceMs }: QueueEntry): boolean => frozenSinceMs !== undefined || state === 'frozen';

export const frozenCondition = (wanted: boolean): Condition =>
  envelopeCondition(
    (head) => head.isFrozen === wanted,
    (entry) => isFrozen(entry) === wanted,
  );

export const frozenForCondition = (ageMs: number): Condition =>
  envelopeCondition(
    (head, nowMs) => head.isFrozen && nowMs - head.frozenSinceMs > ageMs,
    ({ frozenSinceMs }, nowMs) => frozenSinceMs !== undefined && nowMs - frozenSinceMs > ageMs,
  );

export const bounceCondition = (wanted: boolean): Condition =>
  envelopeCondition(
    ({ isBounce }) => isBounce === wanted,
    ({ isBounce }) => isBounce === wanted,
  );

/** Only `delivering` needs a look at the locks, and only where it makes a difference. */
export function stateCondition(states: readonly QueueState[]): Condition {
  const wanted = new Set(states);
  /** What is known when it may be any of these. */
  const among = (first: QueueState, ...others: readonly QueueState[]): Verdict => {
    const isWanted = wanted.has(first);
    return others.every((state) => wanted.has(state) === isWanted) ? isWanted : undefined;
  };
  return condition({
    byHead: (head) => among(restOf(head), 'delivering', 'damaged'),
    byEntry: ({ state }, _nowMs, isWhole) =>
      isWhole || state === 'damaged' ? wanted.has(state) : among(state, 'delivering'),
    fields: unlocked.every((state) => wanted.has(state) === wanted.has('delivering')) ? [] : ['locks'],
  });
}

const unlocked: readonly QueueState[] = ['new', 'deferred', 'frozen'];

/** The state of a message that no process has locked. */
function restOf({ isFrozen, isFirstTry }: EnvelopeHead): QueueState {
  if (isFrozen) return 'frozen';
  return isFirstTry ? 'new' : 'deferred';
}
