import { createHash } from 'node:crypto';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import { holdName, type Release } from './exclusive-name.ts';

/** Where a table lies, as far as one can tell. */
export interface TableWay {
  readonly table: string;
  readonly command: readonly string[] | undefined;
  readonly sockets: NetlinkSockets | undefined;
  readonly netfilter: Netfilter | undefined;
}

const held = new WeakMap<object, Set<string>>();

/**
 * Holds a table for one block list.
 *
 * A caller's own netfilter or sockets may lie in another network namespace, of which this process cannot know who else
 * drives tables there: then only two block lists on the same object exclude each other.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_IN_USE`
 */
export async function holdTable({ table, command, sockets, netfilter }: TableWay): Promise<Release> {
  const way = netfilter ?? sockets;
  if (way === undefined) return holdName(`sluice/netfilter/${table}${suffix(command)}`, table);
  const tables = held.get(way) ?? new Set();
  held.set(way, tables);
  if (tables.has(table)) {
    throw new NodeNetfilterError('IN_USE', `another block list drives the table ${table} already`, {
      value: table,
      cure: 'close that one, or give this one a table of another name',
    });
  }
  tables.add(table);
  return async () => {
    tables.delete(table);
  };
}

/** Another way to run nft may lead to another namespace, where the same name is another table. */
function suffix(command: readonly string[] | undefined): string {
  if (command === undefined || (command.length === 1 && /(?:^|\/)nft$/.test(command[0] as string))) return '';
  return `/${createHash('sha256').update(JSON.stringify(command)).digest('hex').slice(0, 16)}`;
}
