import type { QueueEntry, QueueHost } from '../queue-entry.ts';
import { type Condition, condition, envelopeCondition } from './condition.ts';
import { domainOf } from './domain-of.ts';

type Test = (text: string) => boolean;

export const senderCondition = (test: Test): Condition =>
  envelopeCondition(
    ({ sender }) => test(sender),
    ({ sender }) => test(sender),
  );

export const senderDomainCondition = (test: Test): Condition => senderCondition((sender) => test(domainOf(sender)));

export const loginCondition = (test: Test): Condition =>
  envelopeCondition(
    ({ login }) => test(login),
    ({ login }) => test(login),
  );

/** What is not there does not match. */
export const protocolCondition = (test: Test): Condition =>
  envelopeCondition(
    ({ protocol }) => protocol !== undefined && test(protocol),
    ({ protocol }) => protocol !== undefined && test(protocol),
  );

export const authIdCondition = (test: Test): Condition =>
  envelopeCondition(
    ({ authId }) => authId !== undefined && test(authId),
    ({ authId }) => authId !== undefined && test(authId),
  );

export function hostCondition(test: Test): Condition {
  const isHost = (host: QueueHost | undefined): boolean =>
    host !== undefined &&
    (test(host.address) ||
      (host.name !== undefined && test(host.name)) ||
      (host.helo !== undefined && test(host.helo)));
  return envelopeCondition(
    ({ host }) => isHost(host),
    ({ host }) => isHost(host),
  );
}

/** Any recipient that is not delivered yet. */
export const recipientCondition = (test: Test): Condition =>
  ofEnvelope(({ recipients }) => recipients.some(({ address, isDelivered }) => !isDelivered && test(address)));

export const recipientDomainCondition = (test: Test): Condition =>
  recipientCondition((address) => test(domainOf(address)));

/** How many recipients are not delivered yet. */
export const recipientsCondition = (min: number, max: number): Condition =>
  ofEnvelope(({ recipients }) => {
    const pending = recipients.reduce((count, { isDelivered }) => count + (isDelivered ? 0 : 1), 0);
    return pending >= min && pending <= max;
  });

/** A condition on what comes after the first part of -H. */
const ofEnvelope = (test: (entry: QueueEntry) => boolean): Condition => envelopeCondition(() => undefined, test);

/** A size that is not known never matches. */
export const sizeCondition = (min: number, max: number): Condition =>
  condition({
    byEntry: ({ sizeBytes }) => (sizeBytes === undefined ? undefined : sizeBytes >= min && sizeBytes <= max),
    fields: ['size'],
  });

export const reasonCondition = (test: Test): Condition =>
  condition({
    byEntry: ({ recipients, state }, _nowMs, isWhole) =>
      isWhole && state !== 'damaged'
        ? recipients.some(({ reason }) => reason !== undefined && test(reason))
        : undefined,
    fields: ['reasons'],
  });

/** Any header of that name. */
export const headerCondition = (name: string, test: Test): Condition =>
  condition({
    byEntry: ({ headers }) => (headers === undefined ? undefined : (headers[name]?.some(test) ?? false)),
    fields: ['headers'],
    headers: [name],
  });
