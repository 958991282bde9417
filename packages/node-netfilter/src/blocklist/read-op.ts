import { cutText } from '@sluice/pipeline';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { BlockedPort, BlockOp } from './block-op.ts';
import { listName } from './list-name.ts';
import { type AddressPrefixes, type ReadNetwork, readNetwork } from './read-network.ts';

/** What an operation says. */
export interface ReadOp {
  readonly network: ReadNetwork;
  /** From now on; `Infinity` has no end, 0 or less is over. */
  readonly timeoutMs: number;
  readonly list: string;
  readonly ports: readonly BlockedPort[] | undefined;
}

const maxPorts = 64;
const maxShownChars = 100;
/** A hundred years: the kernel takes a little more, and nobody waits for it. */
const endlessMs = 3_155_760_000_000;

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(cutText(value, maxShownChars)) : String(value);

const bad = (what: string, expected: string, value: unknown): NodeNetfilterError =>
  new NodeNetfilterError('OPTION', `${what} must be ${expected}, not ${shown(value)}`, { value });

const isPort = (item: unknown): boolean => {
  const { protocol, port } = (item ?? {}) as Partial<BlockedPort>;
  return (
    (protocol === 'tcp' || protocol === 'udp') &&
    Number.isInteger(port) &&
    port !== undefined &&
    port >= 0 &&
    port <= 65_535
  );
};

/** Reads an operation; the error says what is wrong with it. */
export function readOp(op: BlockOp, prefixes: AddressPrefixes): ReadOp | NodeNetfilterError {
  const { kind, list = '', ports } = op;
  if (kind !== 'block' && kind !== 'unblock') return bad('kind', "'block' or 'unblock'", kind);
  const network = readNetwork(op.network, prefixes);
  if (network === undefined) {
    const fault = `a network must be an address, or one with a length above 0, not ${shown(op.network)}`;
    return new NodeNetfilterError('KEY', fault, { value: op.network });
  }
  const timeoutMs = kind === 'block' ? (op.timeoutMs ?? Number.POSITIVE_INFINITY) : 0;
  if (typeof timeoutMs !== 'number' || Number.isNaN(timeoutMs)) return bad('timeoutMs', 'a number', timeoutMs);
  if (typeof list !== 'string') return bad('list', 'a text', list);
  if (ports !== undefined) {
    const isList = Array.isArray(ports) && ports.length > 0 && ports.length <= maxPorts;
    if (!isList) return bad('ports', `a list of 1 to ${maxPorts} ports`, Array.isArray(ports) ? ports.length : ports);
    const wrong = ports.findIndex((port) => !isPort(port));
    if (wrong >= 0) return bad(`ports[${wrong}]`, "a port from 0 to 65535 of 'tcp' or 'udp'", jsonOf(ports[wrong]));
  }
  return {
    network,
    timeoutMs: timeoutMs > endlessMs ? Number.POSITIVE_INFINITY : timeoutMs,
    list: listName(list),
    ports,
  };
}

const jsonOf = (value: unknown): string => cutText(JSON.stringify(value) ?? String(value), maxShownChars);
