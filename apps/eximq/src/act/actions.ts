import { readOptions, type Settings } from '@sluice/command-line';
import type { QueueAction } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { deliveredSettings, moveSettings, recipientSettings, senderSettings } from '../settings/edit-settings.ts';
import type { ActionSpec } from './action-spec.ts';

const plain = (kind: 'remove' | 'freeze' | 'thaw' | 'deliver' | 'bounce') => (): QueueAction => ({ kind });

const read = <T>({ options }: CommandContext, settings: Settings<T>): Partial<T> =>
  readOptions(options, settings, usageError);

function move(context: CommandContext): QueueAction {
  const { to } = read(context, moveSettings);
  if (to === undefined) throw usageError('there is no queue to move to', 'give --to QUEUE');
  return { kind: 'move', queue: to };
}

function editSender(context: CommandContext): QueueAction {
  const { address } = read(context, senderSettings);
  if (address === undefined || address === '') {
    throw usageError('there is no sender', "give --address ADDRESS, '<>' for that of a bounce");
  }
  return { kind: 'editSender', sender: address.replace(/^<(.*)>$/s, '$1') };
}

function addRecipients(context: CommandContext): QueueAction {
  const { address: recipients = [] } = read(context, recipientSettings);
  if (recipients.length === 0) throw usageError('there is no recipient to add', 'give --address ADDRESS');
  return { kind: 'addRecipients', recipients };
}

function markDelivered(context: CommandContext): QueueAction {
  const { address: recipients = [], allRecipients = false } = read(context, deliveredSettings);
  if (recipients.length > 0 === allRecipients) {
    throw usageError('it is not clear which recipients are meant', 'give --address ADDRESS or --all-recipients');
  }
  return { kind: 'markDelivered', recipients: allRecipients ? 'all' : recipients };
}

/** Commands that do something to messages. */
export type ActionName =
  | 'rm'
  | 'freeze'
  | 'thaw'
  | 'deliver'
  | 'bounce'
  | 'move'
  | 'add-rcpt'
  | 'mark-delivered'
  | 'set-sender';

/** The actions by their commands. */
export const actions: Readonly<Record<ActionName, ActionSpec>> = {
  rm: { verb: 'remove', done: 'removed', action: plain('remove') },
  freeze: { verb: 'freeze', done: 'frozen', action: plain('freeze') },
  thaw: { verb: 'thaw', done: 'thawed', action: plain('thaw') },
  deliver: { verb: 'deliver', done: 'delivered', action: plain('deliver') },
  bounce: { verb: 'bounce', done: 'bounced', action: plain('bounce') },
  move: { verb: 'move', done: 'moved', action: move },
  'add-rcpt': { verb: 'change', done: 'changed', action: addRecipients },
  'mark-delivered': { verb: 'mark', done: 'marked', action: markDelivered },
  'set-sender': { verb: 'change', done: 'changed', action: editSender },
};
