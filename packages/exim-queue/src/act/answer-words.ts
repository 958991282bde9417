import type { QueueAction } from '../queue-action.ts';

type Words = Readonly<Partial<Record<QueueAction['kind'], string>>>;

/** What Exim says of a message behind `Message ID ` when it did what it was told. */
export const doneWords: Words = {
  remove: 'has been removed',
  freeze: 'is now frozen',
  thaw: 'is no longer frozen',
  markDelivered: 'has been modified',
  addRecipients: 'has been modified',
  editSender: 'has been modified',
};

/** What it says when there was nothing to do. */
export const unchangedWords: Words = {
  freeze: 'is already frozen',
  thaw: 'is not frozen',
};

/** How a refusal begins: `- error while adding recipient:`, `could not be frozen: spool file write error …`. */
export const failedWords: RegExp = /^(?:- |could not )/;
