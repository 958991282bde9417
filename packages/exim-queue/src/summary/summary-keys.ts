import type { SummaryKey } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';

const bounceKey = '<>';
const noneKey = '(none)';
const localKey = '(local)';
const damagedKey = '(damaged)';

const minuteMs = 60_000;
const ages: readonly (readonly [key: string, belowMs: number])[] = [
  ['<5m', 5 * minuteMs],
  ['<1h', 60 * minuteMs],
  ['<6h', 360 * minuteMs],
  ['<1d', 1440 * minuteMs],
  ['<3d', 3 * 1440 * minuteMs],
  ['<7d', 7 * 1440 * minuteMs],
];
const oldestKey = '>=7d';

/** The domain of an address in lower case. */
export function domainKey(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? noneKey : address.slice(at + 1).toLowerCase();
}

/** The domain of a message's sender; `<>` of a bounce. */
export const senderDomainKey = (entry: QueueEntry): string => ofEnvelope(entry, () => domainKey(entry.sender));

const ofEnvelope = ({ problem, isBounce }: QueueEntry, key: () => string): string => {
  if (problem?.kind === 'read' || problem?.kind === 'envelope') return damagedKey;
  return isBounce ? bounceKey : key();
};

const unlessDamaged = ({ state }: QueueEntry, key: string | undefined): string =>
  state === 'damaged' ? damagedKey : key === undefined || key === '' ? noneKey : key;

const pending = ({ recipients }: QueueEntry): QueueEntry['recipients'] =>
  recipients.filter(({ isDelivered }) => !isDelivered);

/** The keys under which a message counts, one for each time. */
export function summaryKeys(by: SummaryKey, nowMs: number): (entry: QueueEntry) => readonly string[] {
  switch (by) {
    case 'recipientDomain':
      return (entry) => pending(entry).map(({ address }) => domainKey(address));
    case 'reason':
      return (entry) => pending(entry).map(({ reason = noneKey }) => reason);
    case 'senderDomain':
      return (entry) => [senderDomainKey(entry)];
    case 'sender':
      return (entry) => [ofEnvelope(entry, () => entry.sender)];
    case 'host':
      return (entry) => [unlessDamaged(entry, entry.host?.address ?? localKey)];
    case 'authId':
      return (entry) => [unlessDamaged(entry, entry.authId)];
    case 'login':
      return (entry) => [unlessDamaged(entry, entry.login)];
    case 'state':
      return ({ state }) => [state];
    case 'age':
      return ({ receivedMs }) => [ages.find(([, belowMs]) => nowMs - receivedMs < belowMs)?.[0] ?? oldestKey];
  }
}
