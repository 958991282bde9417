import { networkText, readNetwork } from '../drivers/network-text.ts';
import type { DenyFormat } from './options.ts';

/** A ban in the file. */
export interface DenyBan {
  readonly network: string;
  /** Empty when it is not kept. */
  readonly jail: string;
  /** When it ends; `Infinity` for never, or when nobody knows. */
  readonly endMs: number;
}

/** The same with its lines as nginx reads them, made once: the file is written whole each time. */
export interface DenyEntry extends DenyBan {
  readonly lines: string;
}

const isPlain = /^[\w.:@+-]{1,100}$/;

/** The latest instant that has a date. */
const maxDateMs = 8.64e15;

function noteOf({ jail, endMs }: DenyBan): string {
  const words = [
    ...(isPlain.test(jail) ? [`jail=${jail}`] : []),
    ...(endMs <= maxDateMs ? [`until=${new Date(endMs).toISOString()}`] : []),
  ];
  return words.length === 0 ? '' : ` # ${words.join(' ')}`;
}

/** @throws RangeError where the network is no such text as `networkText` makes: nothing else becomes a directive */
export function denyEntry(ban: DenyBan, format: DenyFormat): DenyEntry {
  const network = readNetwork(ban.network);
  if (network === undefined) throw new RangeError(`${ban.network} is no network`);
  return { ...ban, lines: linesOf(ban.network, network, noteOf(ban), format) };
}

function linesOf(
  text: string,
  { address, family }: { address: string; family: 4 | 6 },
  note: string,
  format: DenyFormat,
): string {
  if (format === 'deny') return `deny ${text};${note}\n`;
  if (format === 'geo') return `${text} 1;${note}\n`;
  // A map compares texts, and a socket that takes both families calls an IPv4 client by a mapped address.
  const mapped = family === 4 ? `::ffff:${address} 1;\n` : '';
  return `${address} 1;${note}\n${mapped}`;
}

/** Whether the format has words for a network: a map compares whole addresses. */
export const isSayable = ({ network }: DenyBan, format: DenyFormat): boolean =>
  format !== 'map' || /(?:\..*\/32|:.*\/128)$/.test(network);

const line = /^(?:deny )?([\da-f.:/]+)(?: 1)?;(?: # ?(.*))?$/;

/** Reads a line of a {@link DenyEntry}; undefined for what is none. */
export function readEntry(text: string): DenyBan | undefined {
  const [, written = '', said = ''] = text.match(line) ?? [];
  const network = readNetwork(written);
  if (network === undefined) return undefined;
  const endMs = Date.parse(said.match(/\buntil=(\S+)$/)?.[1] ?? '');
  return {
    network: networkText(network) ?? '',
    jail: said.match(/^jail=([\w.:@+-]+)/)?.[1] ?? '',
    endMs: Number.isNaN(endMs) ? Number.POSITIVE_INFINITY : endMs,
  };
}
