import { isMessageId } from '../id/is-message-id.ts';
import { addressEnd } from './address-text.ts';
import type { Draft } from './draft.ts';
import { LogFields } from './log-fields.ts';
import type { MessageArrived } from './mainlog-event.ts';
import { strangersText } from './strangers-text.ts';

/** Marks without a value: `K`, `L`, `L.-`, `PRDR`. */
const words = / [A-Z]{1,8}[-.*]{0,2}(?= |$)/uy;
const sizeForm = /^\d{1,15}$/;
const fields = new LogFields();

/** Reads `<= sender …` from `from` on; false without a sender. */
export function arrivalLine(text: string, from: number, isFakeReject: boolean, draft: Draft<MessageArrived>): boolean {
  const senderEnd = addressEnd(text, from);
  if (senderEnd === from) return false;
  const logged = text.slice(from, senderEnd);
  draft.sender = logged === '<>' ? '' : logged;
  fields.read(text, senderEnd, words, true);
  const parentId = fields.get('R');
  if (parentId !== undefined && isMessageId(parentId)) draft.parentId = parentId;
  if (fields.host !== undefined) draft.host = fields.host;
  const user = fields.get('U');
  if (user !== undefined) draft.user = user;
  const protocol = fields.get('P');
  if (protocol !== undefined) draft.protocol = protocol;
  const auth = fields.get('A');
  if (auth !== undefined) draft.authId = auth.slice(auth.indexOf(':') + 1);
  const size = fields.get('S');
  if (size !== undefined && sizeForm.test(size)) draft.sizeBytes = Number(size);
  const queue = fields.get('Q');
  if (queue !== undefined) draft.queue = queue;
  if (fields.end < text.length) strangersText(text, fields.end, ` from <${draft.sender}>`, draft);
  draft.isFakeReject = isFakeReject;
  return true;
}
