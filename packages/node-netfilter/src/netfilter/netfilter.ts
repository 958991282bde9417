import type { Observable } from 'rxjs';
import type { Chain } from '../ruleset/chain.ts';
import type { Command } from '../ruleset/command.ts';
import type { NamedCounter, NamedCounterRef } from '../ruleset/named-counter.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import type { Capabilities } from './capabilities.ts';
import type { RulesetChange } from './ruleset-change.ts';

export interface CommitOptions {
  /** Refused with `ERR_NODE_NETFILTER_STALE` unless the ruleset is still of this generation. Needs netlink. */
  readonly ifGeneration?: number;
  /** The kernel checks everything and changes nothing. Default false. */
  readonly check?: boolean;
  /**
   * Looks at every element on its own, so that the faults of all are told and not only the first of each command. Costs
   * more. Default false.
   */
  readonly everyFault?: boolean;
  readonly signal?: AbortSignal;
}

export interface Capable {
  readonly capabilities: Capabilities;
}

/**
 * The kernel's nf_tables in this process's network namespace.
 *
 * What is asked is done one after the other, in the order it was asked for; nothing blocks the event loop.
 */
export interface Netfilter extends Capable {
  /** Port id of the socket that commits, as the monitor has it in `byPortId`; absent with nft. */
  readonly portId?: number;
  /**
   * Puts all commands into effect in one transaction, or none.
   *
   * @throws NodeNetfilterError with the code of the first fault; its `faults` say which command and which element
   */
  commit(commands: readonly Command[], options?: CommitOptions): Promise<void>;
  /** Number of the ruleset's generation: each commit, of whomever, makes it another. */
  generation(): Promise<number>;
  tables(): Promise<readonly Table[]>;
  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE` */
  chains(table: TableRef): Promise<readonly Chain[]>;
  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE` */
  rules(table: TableRef): Promise<readonly RuleInfo[]>;
  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_TABLE` */
  sets(table: TableRef): Promise<readonly NftSet[]>;
  /** Undefined when it is not there. */
  counter(counter: NamedCounterRef): Promise<Required<NamedCounter> | undefined>;
  /**
   * All elements: dear with very many. A set that changes meanwhile is read again.
   *
   * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NO_SET` and `…_NO_TABLE`
   */
  elements(set: SetRef, signal?: AbortSignal): Promise<readonly SetElement[]>;
  /** One element, at the cost of one; undefined when it is not there. */
  element(set: SetRef, key: string): Promise<SetElement | undefined>;
  /**
   * Changes to the ruleset as they are committed, by whomever. Starts when subscribed. The kernel tells of no element
   * that ends because its time is over.
   */
  monitor(options?: MonitorOptions): Observable<RulesetChange>;
  /** Lets go of everything; what is under way is finished. Twice is once. */
  close(): Promise<void>;
}

export interface MonitorOptions {
  /** Pause between two looks. Default 100. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}
