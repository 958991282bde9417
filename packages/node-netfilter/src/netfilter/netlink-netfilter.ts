import { Serial } from '@sluice/pipeline';
import type { Observable } from 'rxjs';
import { nodeNetfilterMetrics } from '../metrics.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { ResolvedNetfilterOptions } from '../options.ts';
import type { Chain } from '../ruleset/chain.ts';
import type { Command } from '../ruleset/command.ts';
import type { NamedCounter, NamedCounterRef } from '../ruleset/named-counter.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import type { Capabilities } from './capabilities.ts';
import { commitBatch } from './commit-batch.ts';
import { monitorChanges } from './monitor-changes.ts';
import type { CommitOptions, MonitorOptions, Netfilter } from './netfilter.ts';
import { NetlinkReader } from './netlink-reader.ts';
import type { NetlinkSession } from './netlink-session.ts';
import type { RulesetChange } from './ruleset-change.ts';

/** What an open one is made of. */
export interface NetlinkParts {
  readonly sockets: NetlinkSockets;
  readonly session: NetlinkSession;
  readonly capabilities: Capabilities;
  readonly options: Pick<ResolvedNetfilterOptions, 'metrics' | 'signal'>;
}

/** nf_tables over a netlink socket of this process. */
export class NetlinkNetfilter implements Netfilter {
  readonly capabilities: Capabilities;
  readonly portId: number;
  readonly #sockets: NetlinkSockets;
  readonly #session: NetlinkSession;
  readonly #reader: NetlinkReader;
  readonly #metrics: ResolvedNetfilterOptions['metrics'];
  readonly #serial = new Serial();
  readonly #closing = new AbortController();
  readonly #release: () => void;
  #closed: Promise<void> | undefined;

  constructor({ sockets, session, capabilities, options }: NetlinkParts) {
    this.#sockets = sockets;
    this.#session = session;
    this.#reader = new NetlinkReader(session);
    this.#metrics = options.metrics;
    this.capabilities = capabilities;
    this.portId = session.socket.portId;
    const { signal } = options;
    const stop = (): void => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    this.#release = () => signal?.removeEventListener('abort', stop);
  }

  commit(commands: readonly Command[], options: CommitOptions = {}): Promise<void> {
    return this.#run(async () => {
      if (options.signal?.aborted === true)
        throw new NodeNetfilterError('ABORTED', 'the transaction was stopped by its signal before it began');
      try {
        await commitBatch(this.#session, commands, options, this.capabilities.destroyElements);
      } catch (error) {
        this.#metrics?.add(nodeNetfilterMetrics.refusedCommits, 1);
        throw error;
      }
      if (options.check !== true) this.#metrics?.add(nodeNetfilterMetrics.commits, 1);
    });
  }

  generation(): Promise<number> {
    return this.#run(() => this.#session.generation());
  }

  tables(): Promise<readonly Table[]> {
    return this.#run(() => this.#reader.tables());
  }

  chains(table: TableRef): Promise<readonly Chain[]> {
    return this.#run(() => this.#reader.chains(table));
  }

  rules(table: TableRef): Promise<readonly RuleInfo[]> {
    return this.#run(() => this.#reader.rules(table));
  }

  sets(table: TableRef): Promise<readonly NftSet[]> {
    return this.#run(() => this.#reader.sets(table));
  }

  counter(counter: NamedCounterRef): Promise<Required<NamedCounter> | undefined> {
    return this.#run(() => this.#reader.counter(counter));
  }

  elements(set: SetRef, signal?: AbortSignal): Promise<readonly SetElement[]> {
    return this.#run(() => this.#reader.elements(set, signal));
  }

  element(set: SetRef, key: string): Promise<SetElement | undefined> {
    return this.#run(() => this.#reader.element(set, key));
  }

  monitor(options: MonitorOptions = {}): Observable<RulesetChange> {
    const { signal } = options;
    const closing = this.#closing.signal;
    return monitorChanges(this.#sockets, (set) => this.#run(() => this.#reader.set(set)), {
      ...options,
      signal: signal === undefined ? closing : AbortSignal.any([signal, closing]),
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#release();
    this.#closing.abort();
    await this.#serial.run(() => this.#session.socket.close());
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw new NodeNetfilterError('CLOSED', 'netfilter was closed');
    return this.#serial.run(work);
  }
}
