import type { QueueEntry } from '@sluice/exim-queue/batches';
import { ageText } from '../output/age-text.ts';
import { sizeText } from '../output/size-text.ts';
import type { Style } from '../output/style.ts';
import { timeText } from '../output/time-text.ts';
import type { Column } from './column.ts';
import type { ColumnName } from './read-columns.ts';

const stateStyles: Readonly<Record<QueueEntry['state'], Style | undefined>> = {
  new: undefined,
  deferred: 'yellow',
  frozen: 'cyan',
  delivering: 'green',
  damaged: 'red',
};

const pending = ({ recipients }: QueueEntry): string[] =>
  recipients.filter(({ isDelivered }) => !isDelivered).map(({ address }) => address);

/** The first recipient that waits, and how many more. */
function briefly(entry: QueueEntry): string {
  const [first, ...others] = pending(entry);
  if (first === undefined) return entry.recipients.length > 0 ? '(all delivered)' : '';
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** An envelope that cannot be read has no sender, which is not that of a bounce. */
function senderOf({ sender, isBounce, problem }: QueueEntry): string {
  if (problem?.kind === 'envelope' || problem?.kind === 'read') return `(${problem.reason})`;
  return isBounce ? '<>' : sender;
}

const hostText = ({ host }: QueueEntry): string =>
  host === undefined ? '' : host.name === undefined ? `[${host.address}]` : `${host.name} [${host.address}]`;

const reasonsOf = ({ recipients }: QueueEntry): string =>
  [...new Set(recipients.flatMap(({ reason }) => (reason === undefined ? [] : [reason])))].join(' | ');

/** The columns that there are. */
export const columns: Readonly<Record<ColumnName, Column>> = {
  id: { title: 'ID', text: ({ id }) => id },
  queue: { title: 'QUEUE', text: ({ queue, isAside }) => `${queue}${isAside ? ' (aside)' : ''}` },
  age: { title: 'AGE', isNumber: true, text: ({ receivedMs }, nowMs) => ageText(nowMs - receivedMs) },
  received: { title: 'RECEIVED', text: ({ receivedMs }) => timeText(receivedMs) },
  size: {
    title: 'SIZE',
    isNumber: true,
    field: 'size',
    // Exim counts a message without its -D as nothing, and shows no size.
    text: ({ sizeBytes = 0 }) => (sizeBytes === 0 ? '' : sizeText(sizeBytes)),
  },
  state: { title: 'STATE', field: 'locks', text: ({ state }) => state, style: ({ state }) => stateStyles[state] },
  sender: {
    title: 'SENDER',
    isFlexible: true,
    text: senderOf,
    style: ({ isBounce, problem }) => (problem !== undefined ? 'red' : isBounce ? 'dim' : undefined),
  },
  rcpts: { title: 'RECIPIENTS', isFlexible: true, text: briefly },
  recipients: { title: 'RECIPIENTS', isFlexible: true, text: (entry) => pending(entry).join(' ') },
  subject: {
    title: 'SUBJECT',
    isFlexible: true,
    field: 'headers',
    headers: ['subject'],
    text: ({ headers }) => headers?.['subject']?.[0] ?? '',
  },
  host: { title: 'HOST', isFlexible: true, text: hostText },
  auth: { title: 'AUTH', isFlexible: true, text: ({ authId = '' }) => authId },
  login: { title: 'LOGIN', text: ({ login }) => login },
  protocol: { title: 'PROTOCOL', text: ({ protocol = '' }) => protocol },
  reason: { title: 'REASON', isFlexible: true, field: 'reasons', text: reasonsOf },
};
