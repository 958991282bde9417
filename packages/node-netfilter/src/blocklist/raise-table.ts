import type { Netfilter } from '../netfilter/netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { adoptTable } from './adopt-table.ts';
import { HealthState } from './health-state.ts';
import { type BuildOptions, KernelTable, type Lost } from './kernel-table.ts';
import { Mirror } from './mirror.ts';
import type { Settings } from './settings.ts';
import { tableOf } from './table-commands.ts';
import { readTableState } from './table-state.ts';
import { TableWatch } from './table-watch.ts';

/** A table that stands, and who looks after it. */
export interface RaisedTable {
  readonly table: KernelTable;
  readonly health: HealthState;
  readonly watch: TableWatch;
}

/** Whether the kernel, and the way to it, can do what is asked for. */
function mustBeCapable({ protect, cut }: Settings, { capabilities }: Netfilter): void {
  const { transport, kernelRelease, persistentTables, cutConnections } = capabilities;
  const lacking = (what: string, cure: string): NodeNetfilterError =>
    new NodeNetfilterError('UNSUPPORTED', `${what}, which ${transport} on Linux ${kernelRelease} cannot give`, {
      cure,
    });
  if (protect && !persistentTables)
    throw lacking('protect needs a table that one process owns and that persists', 'leave the option protect out');
  if (cut === 'kill' && !cutConnections)
    throw lacking("cut: 'kill' needs netlink and CONFIG_INET_DIAG_DESTROY", "take cut: 'reset'");
}

/**
 * Makes the table, or takes over the one that is there.
 *
 * @param reopen gives another way to the kernel when this one is gone, where there may be one
 */
export async function raiseTable(
  settings: Settings,
  netfilter: Netfilter,
  reopen: (() => Promise<Netfilter>) | undefined,
  signal: AbortSignal | undefined,
): Promise<RaisedTable> {
  mustBeCapable(settings, netfilter);
  const mirror = new Mirror(settings);
  mirror.setDefaults();
  const lost: Lost = ({ key, set }, { code, message }) => {
    const reason = `${key} is blocked no more, the set ${set.nft.set} does not take it: ${message}`;
    settings.rejects?.next({ component: 'node-netfilter', code, reason, value: key });
  };
  const health = new HealthState();
  const table = new KernelTable(settings, mirror, netfilter, lost);
  table.reopen = reopen;
  const generation = await netfilter.generation();
  const state = await readTableState(netfilter, tableOf(settings));
  const build: BuildOptions =
    state === undefined ? { elements: 'changed' } : await adoptTable(state, netfilter, mirror, settings, signal);
  if (state !== undefined && build.isNewTable !== true) await table.claim();
  const failed = await table.build(build);
  mirror.settle(failed);
  for (const [{ entry }, error] of failed ?? []) lost(entry, error);
  return { table, health, watch: new TableWatch(table, health, generation) };
}
