import { printable } from '@sluice/command-line';
import type { QueueChange, QueueChangeKind } from '@sluice/exim-queue';
import { type Style, styled } from '../output/style.ts';
import { cutText } from '../output/text-width.ts';
import { timeText } from '../output/time-text.ts';

const styles: Readonly<Partial<Record<QueueChangeKind, Style>>> = {
  delivered: 'green',
  deferred: 'yellow',
  frozen: 'cyan',
  bounced: 'red',
  removed: 'red',
};

const kindWidth = 10;

/** `a@x.test → b@y.test, c@z.test: reason (by root)`. */
function whatOf({ entry, recipients, reason, by, count, kind }: QueueChange): string {
  if (kind === 'reconciled') return `${count ?? 0} changes had not been noticed`;
  const to =
    recipients ?? entry?.recipients.filter(({ isDelivered }) => !isDelivered).map(({ address }) => address) ?? [];
  const from = entry === undefined ? '' : entry.isBounce ? '<>' : entry.sender;
  return `${from}${to.length === 0 ? '' : ` → ${to.join(', ')}`}${reason === undefined ? '' : `: ${reason}`}${by === undefined ? '' : ` (by ${by})`}`;
}

/** A change in one line of a terminal. */
export function changeLine(change: QueueChange, width: number, hasColor: boolean): string {
  const time = timeText(change.timeMs).slice(-8);
  const kind = change.kind.padEnd(kindWidth);
  const head = `${time} ${kind} ${change.id}`;
  const what = cutText(printable(whatOf(change)), Math.max(0, width - head.length - 1));
  return `${time} ${hasColor ? styled(kind, styles[change.kind]) : kind} ${change.id} ${what}`.trimEnd();
}
