import { type Address, type BanEvent, parseAddress, Serial } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { BanBackend, BanOutcome } from '../ban-backend.ts';
import { changeFor, changesFor, placeOf, targetOf } from './ban-targets.ts';
import { commitChanges } from './commit-changes.ts';
import { changeScript, type ElementChange } from './element-change.ts';
import { Holds } from './holds.ts';
import { type BlockedNetwork, listedElements } from './list-elements.ts';
import { type NetfilterOptions, type ResolvedNetfilterOptions, resolveNetfilterOptions } from './netfilter-options.ts';
import { type Nft, nftCommandLine, nftProcess, nftRehearsal } from './nft.ts';
import { startStatements, stopStatements } from './ruleset.ts';

/** Most elements in one transaction: as many as fit into the socket buffer of an unprivileged process, as a rule. */
const maxElementsInCommit = 4000;

/** A table of the kernel's firewall that holds bans. */
export interface NetfilterBackend extends BanBackend {
  /** What the kernel blocks now, as it says itself. Expensive with very many bans: for people and tests. */
  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]>;
}

class NetfilterTable implements NetfilterBackend {
  readonly name = 'netfilter';
  readonly #options: ResolvedNetfilterOptions;
  readonly #nft: Nft;
  readonly #serial = new Serial();
  readonly #holds = new Holds();

  constructor(options: ResolvedNetfilterOptions, nft: Nft) {
    this.#options = options;
    this.#nft = nft;
  }

  start(signal?: AbortSignal): Promise<void> {
    return this.#serial.run(() => this.#build(signal));
  }

  apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    return this.#serial.run(async () => {
      const outcomes: BanOutcome[] = [];
      for (let at = 0; at < events.length; at += maxElementsInCommit)
        outcomes.push(...(await this.#commit(events.slice(at, at + maxElementsInCommit), signal)));
      return outcomes;
    });
  }

  /** A commit takes as many unbans as there are: there is nothing to gain. */
  async flush(): Promise<void> {}

  stop(): Promise<void> {
    return this.#serial.run(() => this.#run(stopStatements(this.#options, this.#options.onStop)));
  }

  async list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    return listedElements(await this.#nft.list(this.#options.table, signal));
  }

  startCommands(): readonly string[] {
    return this.#commandLines(startStatements(this.#options));
  }

  commands(event: BanEvent): readonly string[] {
    const { clock, table } = this.#options;
    const target = targetOf(event, this.#options);
    if (target instanceof BanActionError) return [];
    const endMs = event.kind === 'unban' ? undefined : event.endMs;
    const change = changeFor(target, endMs, this.#holds.has(target.network), clock.nowMs());
    return change === undefined ? [] : this.#commandLines(changeScript(table, [change]).statements);
  }

  rehearse(write: (command: string) => void): BanBackend {
    return new NetfilterTable(this.#options, nftRehearsal(this.#options.command, write));
  }

  /** Makes the table and puts back what is held. */
  async #build(signal?: AbortSignal): Promise<void> {
    const { clock, table } = this.#options;
    await this.#run(startStatements(this.#options), signal);
    const nowMs = clock.nowMs();
    const held = [...this.#holds].flatMap((network): ElementChange[] => {
      const place = placeOf(parseAddress(network) as Address, this.#options);
      const change = changeFor({ ...place, jail: '' }, this.#holds.endMs(network), false, nowMs);
      return change === undefined ? [] : [change];
    });
    const goneAgain = new BanActionError(
      'ERR_BAN_ACTION_GONE',
      `netfilter: the table ${table} goes as soon as it is made`,
    );
    const setup = { nft: this.#nft, table, rebuild: () => Promise.reject(goneAgain) };
    for (let at = 0; at < held.length; at += maxElementsInCommit) {
      const [error] = (await commitChanges(held.slice(at, at + maxElementsInCommit), setup, signal)).values();
      if (error !== undefined) throw error;
    }
  }

  async #run(statements: readonly string[], signal?: AbortSignal): Promise<void> {
    const fault = statements.length === 0 ? undefined : await this.#nft.commit(statements, signal);
    if (fault !== undefined) throw fault.error;
  }

  async #commit(events: readonly BanEvent[], signal?: AbortSignal): Promise<BanOutcome[]> {
    const { clock, table } = this.#options;
    const startedMs = performance.now();
    const targets = events.map((event) => targetOf(event, this.#options));
    const changes = changesFor(events, targets, this.#holds, clock.nowMs());
    const setup = { nft: this.#nft, table, rebuild: (stop?: AbortSignal) => this.#build(stop) };
    const failed = await commitChanges([...changes.values()], setup, signal);
    const durationMs = performance.now() - startedMs;
    const errorOf = (target: (typeof targets)[number]): BanActionError | undefined => {
      if (target instanceof BanActionError) return target;
      const change = changes.get(target.network);
      return change && failed.get(change);
    };
    return events.map((event, n) => {
      const error = errorOf(targets[n] as (typeof targets)[number]);
      return { event, backend: this.name, ok: !error, dryRun: false, durationMs, ...(error && { error }) };
    });
  }

  #commandLines(statements: readonly string[]): string[] {
    return statements.map((statement) => nftCommandLine(this.#options.command, statement));
  }
}

/**
 * Bans in the kernel: a table of nf_tables that belongs to this backend alone, driven by the `nft` program.
 *
 * - An address stands in a hash set with a timeout of its own, so its ban ends on time even when this process is dead.
 * - `start()` keeps bans that stand. One transaction makes the chains anew, so there is no moment without them.
 * - Bans are committed up to 1000 at a time, atomically. The kernel's refusal of an element is that event's error; the
 *   others are applied. To unban what is not banned succeeds.
 * - Banned twice (by two jails, or as two addresses of one network), it is let in when the last ban ends.
 * - When someone removes the table (`nft flush ruleset`), the next commit makes it again with all bans.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function netfilter(options: NetfilterOptions = {}): NetfilterBackend {
  const resolved = resolveNetfilterOptions(options);
  return new NetfilterTable(resolved, nftProcess(resolved));
}
