import type { QueueAction } from '../queue-action.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { Answer } from './answer-reader.ts';
import { asideDetail } from './aside-detail.ts';
import type { Sight } from './look-up.ts';

/** What there is to judge a message by when Exim's words are not enough. */
export interface Doubt {
  readonly action: QueueAction;
  readonly id: string;
  readonly queue: string;
  /** What Exim said of it. */
  readonly answer: Answer | undefined;
  /** How the Exim ended, and its last words. */
  readonly end: string;
  readonly sight: Sight;
}

/** Whether the word of Exim has to be compared with the spool. `-MG` says the same whether it worked or not. */
export const isDoubtful = (action: QueueAction, answer: Answer | undefined): boolean =>
  answer === undefined || answer.result === 'gone' || (action.kind === 'move' && answer.result === 'done');

/** What became of a message that Exim said nothing of, or nothing sure: what the spool shows. */
export function settle({ action, id, queue, answer, end, sight }: Doubt): Answer {
  const isSeen = sight.has(id);
  const entry = sight.get(id);
  const words = answer?.detail ?? (end === '' ? 'Exim did not say anything of it' : `Exim said nothing of it: ${end}`);
  if (!isSeen) return answer ?? { result: 'failed', detail: words };
  if (entry === undefined) {
    const detail = answer?.result === 'gone' ? words : `is not in the queue any more; ${words}`;
    return { result: 'gone', detail };
  }
  if (entry.isAside) return { result: 'failed', detail: asideDetail };
  const maybe = answer === undefined || answer.result === 'done';
  if (maybe && isAsWanted(action, entry))
    return { result: 'done', detail: answer?.detail ?? `the spool shows it; ${words}` };
  if (entry.queue !== queue)
    return { result: 'gone', detail: `is in ${queueText(entry.queue)}, not in ${queueText(queue)}` };
  // Of a message without a -D it says that it does not exist, and of one that it could not move that it is moved.
  const detail = answer?.result === 'done' ? (end === '' ? 'was not moved; the main log says why' : end) : words;
  return { result: 'failed', detail };
}

export const queueText = (queue: string): string => (queue === '' ? 'the main queue' : `the queue ${queue}`);

/** Whether the message is as the action would have left it. */
function isAsWanted(action: QueueAction, entry: QueueEntry): boolean {
  if (entry.state === 'damaged') return false;
  const all = (wanted: (address: string) => boolean, addresses: readonly string[]): boolean => addresses.every(wanted);
  switch (action.kind) {
    case 'freeze':
      return entry.frozenSinceMs !== undefined || entry.state === 'frozen';
    case 'thaw':
      return entry.frozenSinceMs === undefined && entry.state !== 'frozen';
    case 'move':
      return entry.queue === action.queue;
    case 'editSender':
      return entry.sender === action.sender.replace(/^<(.*)>$/, '$1');
    case 'addRecipients':
      return all((wanted) => entry.recipients.some(({ address }) => address === wanted), action.recipients);
    case 'markDelivered': {
      const wanted = action.recipients === 'all' ? entry.recipients.map(({ address }) => address) : action.recipients;
      return all((one) => entry.recipients.every(({ address, isDelivered }) => address !== one || isDelivered), wanted);
    }
    default:
      return false;
  }
}
