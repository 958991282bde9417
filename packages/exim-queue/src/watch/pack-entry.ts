import type { QueueEntry, QueueHost, QueueRecipient, QueueState, SpoolProblem } from '../queue-entry.ts';

const aside = 1;
const bounce = 2;
const untrusted = 4;

type PackedRecipient = string | readonly [address: string, isDelivered: 0 | 1, ...(string | null)[]];

/** The last is 1 where it is the name too. */
type PackedHost = [address: string, port: number | null, name: string | null, helo: string | 1 | null];

type Packed = [
  queue: string,
  flags: number,
  state: QueueState,
  receivedMs: number,
  sender: string,
  recipients: PackedRecipient[],
  login: string,
  sizeBytes?: number | null,
  frozenSinceMs?: number | null,
  warnings?: number | null,
  protocol?: string | null,
  authId?: string | null,
  host?: PackedHost | null,
  lockedBy?: number | null,
  headers?: QueueEntry['headers'] | null,
  problem?: SpoolProblem | null,
];

/**
 * An entry as one text: a tenth of the objects' memory, and two of the same message are equal if their texts are. A text
 * of its own, so that it keeps nothing of the file alive that it was read from.
 */
export function packEntry(entry: QueueEntry): string {
  const packed: Packed = [
    entry.queue,
    (entry.isAside ? aside : 0) | (entry.isBounce ? bounce : 0) | (entry.isSenderUntrusted ? untrusted : 0),
    entry.state,
    entry.receivedMs,
    entry.sender,
    entry.recipients.map(packRecipient),
    entry.login,
    entry.sizeBytes ?? null,
    entry.frozenSinceMs ?? null,
    entry.warnings === 0 ? null : entry.warnings,
    entry.protocol ?? null,
    entry.authId ?? null,
    entry.host === undefined ? null : packHost(entry.host),
    entry.lockedBy ?? null,
    entry.headers ?? null,
    entry.problem ?? null,
  ];
  while (packed.length > 7 && packed[packed.length - 1] === null) packed.pop();
  return JSON.stringify(packed);
}

const packHost = ({ address, port, name, helo }: QueueHost): PackedHost => [
  address,
  port ?? null,
  name ?? null,
  helo !== undefined && helo === name ? 1 : (helo ?? null),
];

function unpackHost([address, port, name, helo]: PackedHost): QueueHost {
  const greeting = helo === 1 ? name : helo;
  return {
    address,
    ...(isThere(port) && { port }),
    ...(isThere(name) && { name }),
    ...(isThere(greeting) && { helo: greeting }),
  };
}

function packRecipient({ address, isDelivered, errorsTo, originalRecipient, reason }: QueueRecipient): PackedRecipient {
  if (errorsTo === undefined && originalRecipient === undefined && reason === undefined) {
    return isDelivered ? [address, 1] : address;
  }
  return [address, isDelivered ? 1 : 0, errorsTo ?? null, originalRecipient ?? null, reason ?? null];
}

/** The entry that a text was made of. */
export function unpackEntry(id: string, text: string): QueueEntry {
  const [queue, flags, state, receivedMs, sender, recipients, login, ...rest] = JSON.parse(text) as Packed;
  const [sizeBytes, frozenSinceMs, warnings, protocol, authId, host, lockedBy, headers, problem] = rest;
  return {
    id,
    queue,
    isAside: (flags & aside) !== 0,
    state,
    receivedMs,
    sender,
    isBounce: (flags & bounce) !== 0,
    recipients: recipients.map(unpackRecipient),
    ...(isThere(sizeBytes) && { sizeBytes }),
    ...(isThere(frozenSinceMs) && { frozenSinceMs }),
    ...(isThere(lockedBy) && { lockedBy }),
    warnings: warnings ?? 0,
    login,
    isSenderUntrusted: (flags & untrusted) !== 0,
    ...(isThere(host) && { host: unpackHost(host) }),
    ...(isThere(authId) && { authId }),
    ...(isThere(protocol) && { protocol }),
    ...(isThere(headers) && { headers }),
    ...(isThere(problem) && { problem }),
  };
}

const isThere = <T>(value: T): value is NonNullable<T> => value !== undefined && value !== null;

function unpackRecipient(packed: PackedRecipient): QueueRecipient {
  if (typeof packed === 'string') return { address: packed, isDelivered: false };
  const [address, isDelivered, errorsTo, originalRecipient, reason] = packed;
  return {
    address,
    isDelivered: isDelivered === 1,
    ...(isThere(errorsTo) && { errorsTo }),
    ...(isThere(originalRecipient) && { originalRecipient }),
    ...(isThere(reason) && { reason }),
  };
}
