import type { Netfilter } from '../netfilter/netfilter.ts';
import type { Chain } from '../ruleset/chain.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet } from '../ruleset/set.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import { asNetfilterError, isGone } from './fault-kind.ts';

/** A table as the kernel has it, without its elements. */
export interface TableState {
  readonly table: Table;
  readonly chains: readonly Chain[];
  readonly rules: readonly RuleInfo[];
  readonly sets: readonly NftSet[];
}

/** Undefined when there is no such table. */
export async function readTableState(netfilter: Netfilter, ref: TableRef): Promise<TableState | undefined> {
  const tables = await netfilter.tables();
  const table = tables.find((found) => found.family === ref.family && found.table === ref.table);
  if (table === undefined) return undefined;
  try {
    const chains = await netfilter.chains(ref);
    const rules = await netfilter.rules(ref);
    return { table, chains, rules, sets: await netfilter.sets(ref) };
  } catch (reason) {
    const error = asNetfilterError(reason);
    if (isGone(error)) return undefined;
    throw error;
  }
}
