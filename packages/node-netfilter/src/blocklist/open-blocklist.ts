import { cutConnections } from '../cut/cut-connections.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { openNetfilter } from '../netfilter/open-netfilter.ts';
import { check } from '../options.ts';
import { koffiSockets } from '../socket/koffi-sockets.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import type { Blocklist } from './blocklist.ts';
import type { BlocklistOptions } from './blocklist-options.ts';
import { ConnectionCutter } from './connection-cutter.ts';
import { holdTable } from './hold-table.ts';
import { KernelBlocklist } from './kernel-blocklist.ts';
import { raiseTable } from './raise-table.ts';
import { settings } from './settings.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Options of `openBlocklist`. */
export interface OpenBlocklistOptions extends BlocklistOptions {
  /**
   * One that is open already; it stays open when the block list is closed. The caller sees to it that no other process drives
   * the same table. Default: one of its own.
   */
  readonly netfilter?: Netfilter;
  /** What opens netlink sockets. Default `koffiSockets()`. */
  readonly sockets?: NetlinkSockets;
}

/**
 * Opens a block list: networks that the kernel blocks, in a table of nf_tables that belongs to it alone.
 *
 * 1. What stands in the table from before is taken over with what is left of its time, whoever made it: an earlier process,
 *    also one that was killed. The chains are made anew, in one transaction, as the options say.
 * 2. When it fails, nothing is left behind that was not there before.
 * 3. Neither the block list nor its timers keep the process alive.
 *
 * ```ts
 * const list = await openBlocklist({ table: 'my_blocks' });
 * const [outcome] = await list.apply([{ kind: 'block', network: '203.0.113.7', timeoutMs: 600_000 }]);
 * ```
 *
 * @throws NodeNetfilterError what `openNetfilter` throws, and `ERR_NODE_NETFILTER_IN_USE`, `…_OWNED`, `…_UNSUPPORTED`,
 *   `…_REFUSED` when the table under that name is none of a block list's
 */
export async function openBlocklist(options: OpenBlocklistOptions = {}): Promise<Blocklist> {
  const chosen = settings(options);
  check.object('netfilter', options.netfilter, ['commit', 'elements']);
  const { sockets, signal } = options;
  const name = { table: chosen.table, command: options.command, sockets, netfilter: options.netfilter };
  const releaseName = await holdTable(name);
  let own: Netfilter | undefined;
  let list: Blocklist | undefined;
  const open = async (transport = options.transport): Promise<Netfilter> => {
    own = await unlessAborted(signal, (stop) =>
      openNetfilter({ ...options, signal: stop, ...(transport && { transport }) }),
    );
    return own;
  };
  const reopen = async (): Promise<Netfilter> => {
    await own?.close();
    // Another way might lead to another network namespace.
    return open(own?.capabilities.transport);
  };
  const close = (): void => void list?.close().catch(() => {});
  const release = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    await own?.close();
    await releaseName();
  };
  try {
    const netfilter = options.netfilter ?? (await open());
    const isOwn = options.netfilter === undefined;
    const raised = await raiseTable(chosen, netfilter, isOwn ? reopen : undefined, signal);
    const cutter =
      chosen.cut === 'kill'
        ? new ConnectionCutter((networks) => cutConnections(sockets ?? koffiSockets(), networks), chosen)
        : undefined;
    list = new KernelBlocklist({ ...raised, settings: chosen, cutter, release });
  } catch (error) {
    await release();
    throw error;
  }
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted === true) close();
  return list;
}
