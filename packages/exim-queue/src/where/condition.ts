import type { QueueField } from '../options.ts';
import type { QueueEntry, QueueHost } from '../queue-entry.ts';
import { negated, type Verdict } from './verdict.ts';

/** What the first part of -H tells, before recipients and headers are read. */
export interface EnvelopeHead {
  readonly id: string;
  readonly receivedMs: number;
  readonly sender: string;
  readonly isBounce: boolean;
  readonly isFrozen: boolean;
  readonly frozenSinceMs: number;
  readonly isFirstTry: boolean;
  readonly login: string;
  readonly protocol: string | undefined;
  readonly authId: string | undefined;
  readonly host: QueueHost | undefined;
}

/**
 * A condition on messages, asked again with each part of a message that is read, so that no further one is read for a
 * message that cannot match. An answer that an earlier part gives is the one that a later part would give.
 */
export interface Condition {
  /** By the id, before anything is opened; absent where the id tells nothing. */
  readonly byId: ((id: string, nowMs: number) => Verdict) | undefined;
  /** By the first part of -H. */
  readonly byHead: (head: EnvelopeHead, nowMs: number) => Verdict;
  /**
   * By the entry. Undefined where the envelope is not known.
   *
   * @param isWhole whether all is read that {@link fields} ask for
   */
  readonly byEntry: (entry: QueueEntry, nowMs: number, isWhole: boolean) => Verdict;
  /** What it needs besides the envelope. */
  readonly fields: readonly QueueField[];
  /** Headers that it needs, in lower case. */
  readonly headers: readonly string[];
}

const unknown = (): Verdict => undefined;

/** A condition of which only some answers are given: the others are not known. */
export const condition = (parts: Pick<Condition, 'byEntry'> & Partial<Condition>): Condition => ({
  byId: undefined,
  byHead: unknown,
  fields: [],
  headers: [],
  ...parts,
});

/** A condition on the envelope: not known where that is damaged. */
export const envelopeCondition = (
  byHead: (head: EnvelopeHead, nowMs: number) => Verdict,
  byEntry: (entry: QueueEntry, nowMs: number) => Verdict,
): Condition =>
  condition({ byHead, byEntry: (entry, nowMs) => (entry.state === 'damaged' ? undefined : byEntry(entry, nowMs)) });

const union = <T>(lists: readonly (readonly T[])[]): readonly T[] => [...new Set(lists.flat())];

const needs = (parts: readonly Condition[]): Pick<Condition, 'fields' | 'headers'> => ({
  fields: union(parts.map(({ fields }) => fields)),
  headers: union(parts.map(({ headers }) => headers)),
});

/** False when one is, else not known when one is not. */
function every(parts: readonly Condition[], ask: (part: Condition) => Verdict): Verdict {
  let verdict: Verdict = true;
  for (const part of parts) {
    const answer = ask(part);
    if (answer === false) return false;
    if (answer === undefined) verdict = undefined;
  }
  return verdict;
}

export function allOf(parts: readonly Condition[]): Condition {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    byId: parts.every(({ byId }) => byId === undefined)
      ? undefined
      : (id, nowMs) => every(parts, (part) => part.byId?.(id, nowMs)),
    byHead: (head, nowMs) => every(parts, (part) => part.byHead(head, nowMs)),
    byEntry: (entry, nowMs, isWhole) => every(parts, (part) => part.byEntry(entry, nowMs, isWhole)),
    ...needs(parts),
  };
}

export function inverse(part: Condition): Condition {
  const { byId } = part;
  return {
    byId: byId && ((id, nowMs) => negated(byId(id, nowMs))),
    byHead: (head, nowMs) => negated(part.byHead(head, nowMs)),
    byEntry: (entry, nowMs, isWhole) => negated(part.byEntry(entry, nowMs, isWhole)),
    ...needs([part]),
  };
}

export const anyOf = (parts: readonly Condition[]): Condition => inverse(allOf(parts.map(inverse)));
