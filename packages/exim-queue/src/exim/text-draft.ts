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
  const fault = isBodyMissing ? ({ kind: 'body', reason: 'there is no -D' } as const) : problem;
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
