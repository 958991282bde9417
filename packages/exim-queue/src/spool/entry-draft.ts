import { messageIdMs } from '../id/message-id-ms.ts';
import type { QueueEntry, SpoolProblem } from '../queue-entry.ts';
import type { HeaderFile } from './header-file.ts';
import type { SpoolDirectory } from './spool-directory.ts';

/** An entry in the making. */
export type EntryDraft = { -readonly [Key in keyof QueueEntry]: QueueEntry[Key] };

/** What the envelope tells. */
export function entryOf({ head, recipients }: HeaderFile, { folder }: SpoolDirectory): EntryDraft {
  const { isFrozen, host, authId, protocol } = head;
  const draft: EntryDraft = {
    id: head.id,
    queue: folder.queue,
    isAside: folder.isAside,
    state: isFrozen ? 'frozen' : head.isFirstTry ? 'new' : 'deferred',
    receivedMs: head.receivedMs,
    sender: head.sender,
    isBounce: head.isBounce,
    recipients,
    warnings: head.warnings,
    login: head.login,
    isSenderUntrusted: head.isSenderUntrusted,
  };
  // Spreading what is there would take three times as long as all the rest.
  if (isFrozen) draft.frozenSinceMs = head.frozenSinceMs;
  if (host !== undefined) draft.host = host;
  if (authId !== undefined) draft.authId = authId;
  if (protocol !== undefined) draft.protocol = protocol;
  return draft;
}

/** The entry of a message whose envelope is not known. */
export const damagedEntry = (id: string, { folder }: SpoolDirectory, problem: SpoolProblem): QueueEntry => ({
  id,
  queue: folder.queue,
  isAside: folder.isAside,
  state: 'damaged',
  receivedMs: messageIdMs(id),
  sender: '',
  isBounce: false,
  recipients: [],
  warnings: 0,
  login: '',
  isSenderUntrusted: false,
  problem,
});
