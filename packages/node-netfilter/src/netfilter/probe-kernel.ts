import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { TableFlag, TableRef } from '../ruleset/table.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import type { Capabilities } from './capabilities.ts';
import { commitBatch } from './commit-batch.ts';
import { NetlinkReader } from './netlink-reader.ts';
import type { NetlinkSession } from './netlink-session.ts';
import { probeSocketDestroy } from './probe-socket-destroy.ts';

/** What the kernel was seen to do. */
export type Probed = Pick<
  Capabilities,
  'destroyElements' | 'updateTimeouts' | 'ownedTables' | 'persistentTables' | 'cutConnections'
>;

const key = '192.0.2.1';

/**
 * Tries out what the kernel can do. All but one thing by transactions that the kernel only checks. What becomes of an
 * element's timeout shows only afterwards: for that there is, for a moment, a table that belongs to this socket, so that the
 * kernel removes it even when this process ends before it could.
 *
 * @throws NodeNetfilterError where a transaction is refused for another reason than that the kernel does not know it
 */
export async function probeKernel(session: NetlinkSession, sockets: NetlinkSockets): Promise<Probed> {
  const table: TableRef = { family: 'inet', table: `node-netfilter-probe-${session.socket.portId}` };
  const set: SetRef = { ...table, set: 'elements', key: ['ipv4_addr'], flags: ['timeout'] };
  const made = (flags: readonly TableFlag[]): readonly Command[] => [
    { kind: 'add-table', table: { ...table, flags } },
    { kind: 'add-set', set },
  ];
  const takes = (commands: readonly Command[]): Promise<boolean> => isTaken(session, commands, true);
  const ownedTables = await takes(made(['owner']));
  return {
    destroyElements: await takes([
      ...made([]),
      { kind: 'delete-elements', set, elements: [{ key }], ifAbsent: 'ignore' },
    ]),
    ownedTables,
    persistentTables: ownedTables && (await takes(made(['owner', 'persist']))),
    updateTimeouts: ownedTables && (await updatesTimeouts(session, table, set, made(['owner']))),
    cutConnections: await probeSocketDestroy(sockets),
  };
}

async function updatesTimeouts(
  session: NetlinkSession,
  table: TableRef,
  set: SetRef,
  made: readonly Command[],
): Promise<boolean> {
  const add = (timeoutMs: number): Command => ({ kind: 'add-elements', set, elements: [{ key, timeoutMs }] });
  if (!(await isTaken(session, [...made, add(3_600_000), add(7_200_000)], false))) return false;
  try {
    return (await new NetlinkReader(session).element(set, key))?.timeoutMs === 7_200_000;
  } finally {
    await commitBatch(session, [{ kind: 'delete-table', table }], {}, false);
  }
}

async function isTaken(session: NetlinkSession, commands: readonly Command[], check: boolean): Promise<boolean> {
  try {
    await commitBatch(session, commands, { check }, true);
    return true;
  } catch (error) {
    const code = error instanceof NodeNetfilterError ? error.code : undefined;
    if (code === 'ERR_NODE_NETFILTER_UNSUPPORTED') return false;
    throw error;
  }
}
