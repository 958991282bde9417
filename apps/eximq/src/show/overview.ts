import { printable } from '@sluice/command-line';
import type { QueueEntry, QueueRecipient } from '@sluice/exim-queue/batches';
import { ageText } from '../output/age-text.ts';
import { type Style, styled } from '../output/style.ts';
import { timeText } from '../output/time-text.ts';

type Line = readonly [label: string, text: string | undefined];

const labelWidth = 12;

function stateText({ state, frozenSinceMs, lockedBy, problem }: QueueEntry, nowMs: number): string {
  const since =
    frozenSinceMs === undefined ? '' : ` since ${timeText(frozenSinceMs)} (${ageText(nowMs - frozenSinceMs)})`;
  const frozen =
    frozenSinceMs !== undefined && state !== 'frozen' ? `, frozen${since}` : state === 'frozen' ? since : '';
  const locked = lockedBy === undefined ? '' : `, locked by process ${lockedBy}`;
  const wrong = problem === undefined ? '' : `: ${problem.reason}`;
  return `${state}${frozen}${locked}${wrong}`;
}

function hostText({ host, protocol }: QueueEntry): string | undefined {
  if (host === undefined) return protocol;
  const port = host.port === undefined ? '' : `:${host.port}`;
  const name = host.name === undefined ? '' : `${host.name} `;
  const helo = host.helo === undefined ? '' : ` (HELO ${host.helo})`;
  return `${name}[${host.address}]${port}${helo}${protocol === undefined ? '' : `, ${protocol}`}`;
}

function senderText({ sender, isBounce, isSenderUntrusted, login }: QueueEntry): string {
  return `<${sender}>${isBounce ? ' (a bounce)' : ''}${isSenderUntrusted ? ` (set by ${login})` : ''}`;
}

const hasEnvelope = ({ problem }: QueueEntry): boolean => problem?.kind !== 'envelope' && problem?.kind !== 'read';

function linesOf(entry: QueueEntry, nowMs: number): Line[] {
  const received = `${timeText(entry.receivedMs)} (${ageText(nowMs - entry.receivedMs)} ago)`;
  const isKnown = hasEnvelope(entry);
  return [
    ['Message', entry.id],
    [
      'Queue',
      entry.queue === '' && !entry.isAside ? undefined : `${entry.queue}${entry.isAside ? ' (put aside)' : ''}`,
    ],
    ['State', stateText(entry, nowMs)],
    ['Received', received],
    ['From host', hostText(entry)],
    ['Login', isKnown ? entry.login : undefined],
    ['Auth', entry.authId],
    ['Size', entry.sizeBytes === undefined ? undefined : `${entry.sizeBytes.toLocaleString('en')} bytes`],
    ['Warnings', entry.warnings === 0 ? undefined : `${entry.warnings} about its delay`],
    ['Sender', isKnown ? senderText(entry) : undefined],
  ];
}

/** `  D address`, as Exim marks what is delivered, and below it why it waits. */
function recipientLines({ address, isDelivered, errorsTo, originalRecipient, reason }: QueueRecipient): string[] {
  const more = [
    originalRecipient === undefined ? '' : ` for ${originalRecipient}`,
    errorsTo === undefined ? '' : `, bounces to ${errorsTo}`,
  ].join('');
  const line = printable(`${isDelivered ? 'D' : ' '} ${address}${more}`);
  return [`  ${line}\n`, ...(reason === undefined ? [] : [`      ${printable(reason)}\n`])];
}

/** `subject` as it is written in a mail: `Subject`. */
const headerName = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** What is known of a message, for people: its envelope, recipients with the reasons why they wait, and its headers. */
export function overview(entry: QueueEntry, nowMs: number, hasColor: boolean): string {
  const heading = (text: string, style: Style = 'bold'): string => (hasColor ? styled(text, style) : text);
  const envelope = linesOf(entry, nowMs).flatMap(([label, text]) =>
    text === undefined ? [] : [`${heading(label.padEnd(labelWidth))}${printable(text)}\n`],
  );
  const delivered = entry.recipients.filter(({ isDelivered }) => isDelivered).length;
  const count = `${entry.recipients.length}${delivered === 0 ? '' : `, ${delivered} delivered`}`;
  const recipients = entry.recipients.flatMap(recipientLines);
  const headers = Object.entries(entry.headers ?? {}).flatMap(([name, values]) =>
    // The blanks that folded lines began with are often tabs.
    values.map((value) => printable(`${headerName(name)}: ${value.replaceAll('\t', ' ')}`)),
  );
  return [
    ...envelope,
    ...(recipients.length > 0 ? [`${heading(`Recipients (${count})`)}\n`, ...recipients] : []),
    ...(headers.length > 0 ? [`${heading('Headers')}\n`, ...headers.map((line) => `  ${line}\n`)] : []),
  ].join('');
}
