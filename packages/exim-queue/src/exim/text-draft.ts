import { messageIdMs } from '../id/message-id-ms.ts';
import type { QueueEntry, QueueRecipient, SpoolProblem } from '../queue-entry.ts';
import type { FirstLine } from './first-line.ts';

/** A message of which the text is being read. */
export interface TextDraft {
  readonly id: string;
  /** Absent where Exim could not read the envelope. */
  readonly first?: FirstLine;
  isFrozen: boolean;
  readonly recipients: QueueRecipient[];
  problem?: SpoolProblem;
  /** Length of its text so far, in characters. */
  chars: number;
}

/** What the text of a message tells as an entry, see `eximEntryBatches` for what it does not. */
export function entryOfText({ id, first, isFrozen, recipients, problem }: TextDraft, queue: string): QueueEntry {
  const isBodyMissing = problem === undefined && first?.sizeBytes === 0;
  const fault = isBodyMissing ? ({ kind: 'body', reason: 'there is no -D' } as const) : (problem ?? unsaid(first));
  return {
    id,
    queue,
    isAside: false,
    state: first === undefined ? 'damaged' : isFrozen ? 'frozen' : 'deferred',
    receivedMs: messageIdMs(id),
    sender: first?.sender ?? '',
    isBounce: first?.sender === '',
    recipients,
    ...(first !== undefined && { sizeBytes: first.sizeBytes }),
    warnings: 0,
    login: first?.login ?? '',
    isSenderUntrusted: first?.login !== undefined,
    ...(fault !== undefined && { problem: fault }),
  };
}

/** Exim always says why it shows nothing but the id; a text that does not is no reason to take the message for sound. */
const unsaid = (first: FirstLine | undefined): SpoolProblem | undefined =>
  first === undefined ? { kind: 'envelope', reason: 'Exim does not say what is wrong with it' } : undefined;
