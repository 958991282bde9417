import type { Ban, BanEvent } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';
import type { BanOutcome } from '../ban-backend.ts';
import { backendFault } from '../outcome.ts';
import { ChangePlan, type Failed } from './change-plan.ts';
import { banOf, changeTo } from './change-to.ts';
import type { HeldNetwork } from './held-network.ts';
import { Holds } from './holds.ts';
import type { ResolvedBackendOptions } from './network-backend-options.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from './network-driver.ts';
import { type About, type Target, targetAt, targetsIn } from './target.ts';
import { targetsOf } from './targets-of.ts';

/** Pauses between attempts to end bans that cannot be ended. */
const leastRetryMs = 1000;
const mostRetryMs = 60_000;

const noneFailed: Failed = new Map();

/** What is held, and how a driver is told of it. Not to be asked for two things at once. */
export class CommitWork {
  readonly #driver: NetworkDriver;
  readonly #options: ResolvedBackendOptions;
  readonly #expired: (network: BlockedNetwork) => void;
  #holds = new Holds();
  #retryMs = leastRetryMs;

  /** @param expired told of networks that are let in because their time is over */
  constructor(driver: NetworkDriver, options: ResolvedBackendOptions, expired: (network: BlockedNetwork) => void) {
    this.#driver = driver;
    this.#options = options;
    this.#expired = expired;
  }

  /** When the next ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#holds.nextEndMs;
  }

  async apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<BanOutcome[]> {
    const startedMs = performance.now();
    if (this.nextEndMs <= this.#nowMs()) await this.endThoseOver(signal);
    const plan = this.#plan(events, this.#holds);
    const failed = await this.#commit(plan.changes, plan, signal);
    return plan.settle(failed, this.#driver.name, performance.now() - startedMs);
  }

  /** @throws what the driver throws; what is held is then as before */
  async reconcile(bans: readonly Ban[], signal?: AbortSignal): Promise<BanOutcome[]> {
    const startedMs = performance.now();
    const wanted = new Holds();
    const plan = this.#plan(bans, wanted);
    const failed = await this.#reconcile(plan.changes, signal);
    this.#holds = wanted;
    return plan.settle(failed, this.#driver.name, performance.now() - startedMs);
  }

  /** Takes on what stands, as far as the driver knows when it is to end and cannot end it. */
  async adopt(signal?: AbortSignal): Promise<void> {
    if (this.#driver.maxTimeoutMs > 0 || this.#holds.size > 0) return;
    const { perJail, prefixes } = this.#options;
    for (const { address, family, prefix, port, jail = '', expiresInMs } of await this.#driver.list(signal)) {
      // One of a length that events are no longer about is nobody's: only its time ends it.
      const apart = prefix === prefixes[family] ? '' : `/${prefix}`;
      const target = targetAt({ text: address, family }, prefix, `${perJail ? jail : ''}${apart}`, port);
      if (expiresInMs !== undefined) this.#holds.adopt(target, jail, this.#nowMs() + expiresInMs);
    }
  }

  /** Tells the driver of all that is held. @throws BanActionError the first fault */
  async commitHeld(signal?: AbortSignal): Promise<void> {
    const [error] = (await this.#commit(this.#held(), undefined, signal)).values();
    if (error !== undefined) throw error;
  }

  /** Ends the bans whose time is over. Never rejects. */
  async endThoseOver(signal?: AbortSignal): Promise<void> {
    const over = this.#holds.takeOver(this.#nowMs());
    const unbans = new Map<HeldNetwork, NetworkChange>();
    for (const held of over)
      if (!held.endsByItself) unbans.set(held, changeTo('unban', held.target, held.jail, 0, true));
    const failed = await this.#commit([...unbans.values()], undefined, signal);
    const againMs = this.#nowMs() + this.#retryMs;
    this.#retryMs = failed.size === 0 ? leastRetryMs : Math.min(2 * this.#retryMs, mostRetryMs);
    for (const held of over) {
      const change = unbans.get(held);
      const error = change && failed.get(change);
      if (error === undefined) this.#expired(blockedOf(held));
      else {
        this.#holds.putBack(held, againMs);
        this.#tell('is over and could not be ended', held.target, error);
      }
    }
  }

  /** The changes that an event would lead to now. */
  foresee(event: BanEvent): readonly NetworkChange[] {
    const leftMs = event.kind === 'unban' ? 0 : event.endMs - this.#nowMs();
    return targetsIn(this.#about(event)).flatMap((target): NetworkChange[] => {
      const isKnown = this.#holds.get(target.key) !== undefined;
      if (leftMs > 0) return [changeTo('ban', target, event.jail, leftMs, isKnown)];
      return event.kind === 'unban' || isKnown ? [changeTo('unban', target, event.jail, 0, isKnown)] : [];
    });
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }

  #about(event: BanEvent): About {
    return targetsOf(event, this.#driver.name, this.#options);
  }

  #plan(events: readonly BanEvent[], holds: Holds): ChangePlan {
    const about = events.map((event) => this.#about(event));
    return new ChangePlan(events, about, holds, this.#nowMs(), this.#driver.maxTimeoutMs);
  }

  /** All that is held, as changes: those of the plan, where it has one. */
  #held(plan?: ChangePlan): NetworkChange[] {
    const nowMs = this.#nowMs();
    const { maxTimeoutMs } = this.#driver;
    const changes: NetworkChange[] = [];
    for (const held of this.#holds)
      if (held.endMs > nowMs) changes.push(plan?.changeOf(held.target.key) ?? banOf(held, false, nowMs, maxTimeoutMs));
    return changes;
  }

  /** Tells the driver of changes; of all that is held, where it lost all. Never rejects. */
  async #commit(changes: readonly NetworkChange[], plan?: ChangePlan, signal?: AbortSignal): Promise<Failed> {
    if (changes.length === 0) return noneFailed;
    const failed = await this.#attempt(changes, () => this.#driver.commit(changes, signal));
    if (failed.size === 0 || ![...failed.values()].some(isGone)) return failed;
    const again = await this.#attempt(changes, async () => {
      await this.#driver.start(signal);
      return this.#driver.reconcile(this.#held(plan), signal);
    });
    const asked = new Set(changes);
    for (const [change, error] of again) if (!asked.has(change)) this.#tell('could not be put back', change, error);
    return again;
  }

  /** Tells the driver of all; once more, where what is to hold them had to be made ready first. */
  async #reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    try {
      return await this.#driver.reconcile(bans, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
      await this.#driver.start(signal);
      return this.#driver.reconcile(bans, signal);
    }
  }

  async #attempt(changes: readonly NetworkChange[], work: () => Promise<Failed>): Promise<Failed> {
    try {
      return await work();
    } catch (cause) {
      const error = backendFault(this.#driver.name, cause);
      return new Map(changes.map((change) => [change, error]));
    }
  }

  #tell(what: string, { address, prefix }: NetworkChange | Target, { code, message }: BanActionError): void {
    const reason = `${this.#driver.name}: the ban of ${address}/${prefix} ${what}: ${message}`;
    this.#options.rejects?.next({ component: 'ban-action', code, reason, value: `${address}/${prefix}` });
  }
}

function blockedOf({ target, jail }: HeldNetwork): BlockedNetwork {
  const { address, family, prefix, port } = target;
  return { address, family, prefix, jail, ...(port && { port }) };
}

const isGone = (error: unknown): boolean => (error as BanActionError).code === 'ERR_BAN_ACTION_GONE';
