import { addressText } from './address-text.ts';
import type { Draft } from './draft.ts';
import { LogFields } from './log-fields.ts';
import type { RecipientDeferred, RecipientDelivered, RecipientFailed } from './mainlog-event.ts';

/** Words of a delay: `routing defer (-52)`. */
const words = / (?:routing|defer|\(-?\d{1,10}\))(?=[ :]|$)/uy;
const errorForm = / defer \((-?\d{1,10})\)/u;
const trailingTime = / DT=[0-9.]+s$/u;
const fields = new LogFields();

type AnyRecipient = Draft<RecipientDelivered> | Draft<RecipientFailed> | Draft<RecipientDeferred>;

/**
 * Reads what all lines about one recipient tell.
 *
 * @returns where the fields begin
 */
function readRecipient(text: string, from: number, draft: AnyRecipient): number {
  const { address, recipient, end } = addressText(text, from);
  fields.read(text, end, words, false);
  draft.recipient = recipient === '' ? address : recipient;
  draft.address = address;
  const queue = fields.get('Q');
  if (queue !== undefined) draft.queue = queue;
  const router = fields.get('R');
  if (router !== undefined) draft.router = router;
  const transport = fields.get('T');
  if (transport !== undefined) draft.transport = transport;
  if (fields.host !== undefined) draft.host = fields.host;
  const answer = fields.get('C');
  if (answer !== undefined) draft.answer = answer.startsWith('"') ? answer.slice(1, -1) : answer;
  return end;
}

/** The words behind the colon; those behind the fields where there is none. */
function reasonFrom(text: string, end: number): string {
  const reason = text.startsWith(':', end) ? text.slice(end + 1) : text.slice(end);
  return reason.replace(trailingTime, '').trim();
}

/** Reads `=> address …`. */
export function deliveredLine(
  text: string,
  from: number,
  how: RecipientDelivered['how'],
  draft: Draft<RecipientDelivered>,
): void {
  readRecipient(text, from, draft);
  draft.how = how;
}

/** Reads `** address …: reason`. */
export function failedLine(text: string, from: number, draft: Draft<RecipientFailed>): void {
  readRecipient(text, from, draft);
  draft.reason = reasonFrom(text, fields.end);
}

/** Reads `== address … defer (number): reason`. */
export function deferredLine(text: string, from: number, draft: Draft<RecipientDeferred>): void {
  const fieldsAt = readRecipient(text, from, draft);
  const number = errorForm.exec(text.slice(fieldsAt, fields.end))?.[1];
  if (number !== undefined) draft.errorNumber = Number(number);
  draft.reason = reasonFrom(text, fields.end);
}
