import { release } from 'node:os';
import { Serial } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { type Observable, Subject, takeUntil } from 'rxjs';
import { nodeNetfilterMetrics } from '../metrics.ts';
import type { Capabilities } from '../netfilter/capabilities.ts';
import type { CommitOptions, MonitorOptions, Netfilter } from '../netfilter/netfilter.ts';
import type { RulesetChange } from '../netfilter/ruleset-change.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Chain } from '../ruleset/chain.ts';
import type { Command } from '../ruleset/command.ts';
import type { NamedCounter, NamedCounterRef } from '../ruleset/named-counter.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table, TableRef } from '../ruleset/table.ts';
import { commitScript } from './commit-script.ts';
import { GenerationWatch } from './generation-watch.ts';
import { type NftNetfilterOptions, type ResolvedNftOptions, resolveNftOptions } from './nft-options.ts';
import { type NftProbe, probeNft } from './probe-nft.ts';
import { rulesetMonitor } from './ruleset-monitor.ts';
import { RulesetReader } from './ruleset-reader.ts';

class NftNetfilter implements Netfilter {
  readonly capabilities: Capabilities;
  readonly #options: ResolvedNftOptions;
  readonly #reader: RulesetReader;
  readonly #watch: GenerationWatch;
  readonly #serial = new Serial();
  readonly #closed = new Subject<void>();
  readonly #release: () => void;
  #isClosed = false;

  constructor(
    options: ResolvedNftOptions,
    signal: AbortSignal | undefined,
    { updateTimeouts, maxTransactionBytes }: NftProbe,
  ) {
    this.#options = options;
    this.#reader = new RulesetReader(options);
    this.#watch = new GenerationWatch(options);
    const stop = (): void => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    this.#release = () => signal?.removeEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    this.capabilities = {
      transport: 'nft',
      reason: options.reason,
      kernelRelease: release(),
      destroyElements: false,
      updateTimeouts,
      ownedTables: false,
      persistentTables: false,
      cutConnections: false,
      maxTransactionBytes,
    };
  }

  commit(commands: readonly Command[], options: CommitOptions = {}): Promise<void> {
    return this.#run(async () => {
      if (options.ifGeneration !== undefined)
        throw new NodeNetfilterError('UNSUPPORTED', 'nft cannot commit to a given generation only', {
          cure: 'leave out ifGeneration, or use netlink',
        });
      if (options.check === true) return commitScript(this.#options, commands, options);
      const { metrics } = this.#options;
      try {
        await this.#watch.during(() => commitScript(this.#options, commands, options));
        metrics?.add(nodeNetfilterMetrics.commits, 1);
      } catch (error) {
        metrics?.add(nodeNetfilterMetrics.refusedCommits, 1);
        throw error;
      }
    });
  }

  generation(): Promise<number> {
    return this.#run(() => this.#watch.count());
  }

  tables(): Promise<readonly Table[]> {
    return this.#run(async () => (await this.#reader.tables()).map(({ table }) => table));
  }

  chains(table: TableRef): Promise<readonly Chain[]> {
    return this.#run(async () => (await this.#reader.table(table)).chains);
  }

  rules(table: TableRef): Promise<readonly RuleInfo[]> {
    return this.#run(async () => (await this.#reader.table(table)).rules);
  }

  sets(table: TableRef): Promise<readonly NftSet[]> {
    return this.#run(async () => (await this.#reader.table(table)).sets);
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

  monitor({ signal }: MonitorOptions = {}): Observable<RulesetChange> {
    return rulesetMonitor(this.#options).pipe(takeUntil(this.#closed), untilAborted(signal));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closed.next();
    this.#release();
    await this.#serial.run(async () => this.#watch.close());
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new NodeNetfilterError('CLOSED', 'it was closed before'));
    return this.#serial.run(work);
  }
}

/**
 * The kernel's nf_tables by way of the program nft 1.0.6 or later, for where netlink cannot be had. What differs:
 *
 * 1. A change costs a process: milliseconds in place of microseconds. Children run one after the other, without a shell,
 *    and are ended when they take longer than `timeoutMs` or the signal aborts; what a child was told may be in effect
 *    all the same then.
 * 2. `ifGeneration` and tables with the flags `owner` and `persist` are `UNSUPPORTED`; names that are words of nft's
 *    language are refused (`NAME`); in comments `"` becomes `'` and a control character `?`.
 * 3. Times that `elements()` tells are cut to whole seconds. `element()` tells milliseconds, and costs what the whole set
 *    costs: nft reads all of it.
 * 4. `generation()` counts commits since it was first asked, by a long-lived `nft monitor`, which may outlive a process that
 *    is killed until the ruleset changes next.
 * 5. To delete elements that need not be there adds them first, in the same transaction. In an interval set an element that
 *    overlaps others is taken not to be there.
 *
 * @throws NodeNetfilterError `…_MISSING`, `…_PERMISSION`, `…_UNAVAILABLE`, `…_OPTION`
 */
export async function nftNetfilter(options: NftNetfilterOptions = {}): Promise<Netfilter> {
  const resolved = resolveNftOptions(options);
  const { signal } = options;
  return new NftNetfilter(resolved, signal, await probeNft(resolved, signal));
}
