import { addressText } from './address-text.ts';
import { logFields } from './log-fields.ts';
import type { RecipientDeferred, RecipientDelivered, RecipientFailed } from './mainlog-event.ts';

type Told<T> = Omit<T, 'timeMs' | 'pid' | 'path' | 'offset' | 'id'>;

/** Words of a delay: `routing defer (-52)`. */
const words = /^ (?:routing|defer|\(-?\d{1,10}\))(?=[ :]|$)/u;
const errorForm = / defer \((-?\d{1,10})\)/u;
const trailingTime = / DT=[0-9.]+s$/u;

/** What a line about one recipient tells besides its kind, and where its explanation begins. */
function recipientOf(text: string, from: number) {
  const { address, recipient, end } = addressText(text, from);
  const fields = logFields(text, end, words, false);
  const { values, host } = fields;
  const queue = values.get('Q');
  const router = values.get('R');
  const transport = values.get('T');
  const answer = values.get('C');
  const told = {
    recipient: recipient === '' ? address : recipient,
    address,
    ...(queue !== undefined && { queue }),
    ...(router !== undefined && { router }),
    ...(transport !== undefined && { transport }),
    ...(host !== undefined && { host }),
    ...(answer !== undefined && { answer: answer.startsWith('"') ? answer.slice(1, -1) : answer }),
  };
  return { told, fieldsAt: end, end: fields.end };
}

/** The words behind the colon; those behind the fields where there is none. */
function reasonFrom(text: string, end: number): string {
  const reason = text.startsWith(':', end) ? text.slice(end + 1) : text.slice(end);
  return reason.replace(trailingTime, '').trim();
}

/** What `=> address …` tells. */
export function deliveredLine(text: string, from: number, how: RecipientDelivered['how']): Told<RecipientDelivered> {
  return { kind: 'delivered', ...recipientOf(text, from).told, how };
}

/** What `** address …: reason` tells. */
export function failedLine(text: string, from: number): Told<RecipientFailed> {
  const { told, end } = recipientOf(text, from);
  return { kind: 'failed', ...told, reason: reasonFrom(text, end) };
}

/** What `== address … defer (number): reason` tells. */
export function deferredLine(text: string, from: number): Told<RecipientDeferred> {
  const { told, fieldsAt, end } = recipientOf(text, from);
  const number = errorForm.exec(text.slice(fieldsAt, end))?.[1];
  return {
    kind: 'deferred',
    ...told,
    ...(number !== undefined && { errorNumber: Number(number) }),
    reason: reasonFrom(text, end),
  };
}
