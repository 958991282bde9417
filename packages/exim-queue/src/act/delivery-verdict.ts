import type { QueueEntry } from '../queue-entry.ts';
import type { Answer } from './answer-reader.ts';
import type { DeliveryWords } from './delivery-words.ts';
import type { Sight } from './look-up.ts';
import type { ActingRun } from './run-acting.ts';

/** What is known of one try to deliver a message, or to give it up. */
export interface DeliveryTry {
  readonly kind: 'deliver' | 'bounce';
  readonly id: string;
  readonly before: QueueEntry | undefined;
  readonly after: Sight;
  readonly words: DeliveryWords;
  readonly run: ActingRun;
}

/** What became of it: the spool decides, Exim's words say why. */
export function deliveryVerdict(attempt: DeliveryTry): Answer {
  const { kind, id, before, after, words, run } = attempt;
  if (run.isLeft) return { result: 'locked', detail: `Exim still works on it and was left to go on: ${run.end}` };
  if (words.isLocked) return { result: 'locked', detail: 'is locked: another process is handling it' };
  if (!after.has(id)) return byWords(attempt);
  const now = after.get(id);
  if (now === undefined) {
    if (words.isMissing) return { result: 'gone', detail: 'is not in the queue any more' };
    return { result: 'done', detail: goneDetail(attempt) };
  }
  if (kind === 'deliver' && resolved(before, now) > 0) return { result: 'done', detail: stillThere(attempt, now) };
  if (kind === 'bounce' || words.isMissing || now.state === 'damaged' || run.end !== '') return failure(attempt);
  return { result: 'unchanged', detail: stillThere(attempt, now) };
}

const pending = (entry: QueueEntry | undefined): number =>
  entry?.recipients.filter(({ isDelivered }) => !isDelivered).length ?? 0;

const resolved = (before: QueueEntry | undefined, now: QueueEntry): number => pending(before) - pending(now);

/** `delivered to 2 of 3 recipients, 1 failed`. */
function countsOf(before: QueueEntry | undefined, done: number, failed: number): string {
  const all = pending(before);
  const delivered = `delivered to ${Math.max(0, done - failed)} of ${all} recipient${all === 1 ? '' : 's'}`;
  return failed === 0 ? delivered : `${delivered}, ${failed} failed`;
}

function goneDetail({ kind, before, words }: DeliveryTry): string {
  if (kind === 'bounce')
    return before?.isBounce === true ? 'cancelled; it is a bounce, so none is sent' : 'cancelled, a bounce is sent';
  const reason = words.failed > 0 ? `: ${words.reason}` : '';
  return `${countsOf(before, pending(before), words.failed)}, and has left the queue${reason}`;
}

function stillThere({ before, words }: DeliveryTry, now: QueueEntry): string {
  // A bounce that fails is frozen, and those that it failed for are tried again when it is thawed.
  const through = resolved(before, now) + (words.isFrozen ? words.failed : 0);
  const counts = countsOf(before, through, words.failed);
  const thawed = before?.state === 'frozen' && now.state !== 'frozen' ? ', not frozen any more' : '';
  const frozen = now.isAside ? ', frozen and put aside' : ', frozen';
  const state = words.isFrozen && now.state === 'frozen' ? frozen : thawed;
  const reason = words.reason || words.last;
  return `${counts}${state}${reason === '' ? '' : `: ${reason}`}`;
}

function failure({ words, run }: DeliveryTry): Answer {
  return {
    result: 'failed',
    detail: words.last || words.reason || run.end || 'is still in the queue; Exim did not say why',
  };
}

/** Where the message can no more be looked at, there are only words. */
function byWords({ words, run }: DeliveryTry): Answer {
  const { delivered, failed, isCancelled, isCompleted, reason, last } = words;
  if (words.isMissing) return { result: 'gone', detail: 'is not in the queue any more' };
  if (isCancelled || isCompleted) return { result: 'done', detail: isCancelled ? 'cancelled' : 'has left the queue' };
  if (delivered > 0) return { result: 'done', detail: `delivered to ${delivered} addresses: ${reason}` };
  if (failed > 0 || reason !== '') return { result: 'unchanged', detail: reason };
  return { result: 'failed', detail: last || run.end || 'Exim did not say anything' };
}
