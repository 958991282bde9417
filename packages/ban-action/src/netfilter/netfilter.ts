import type { Capabilities, Counted, Health } from '@sluice/node-netfilter';
import { type Observable, switchMap, take } from 'rxjs';
import { DrivenBackend } from '../networks/driven-backend.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { resolveBackendOptions } from '../networks/network-backend-options.ts';
import { NetfilterDriver } from './netfilter-driver.ts';
import type { NetfilterOptions } from './netfilter-options.ts';

/** A table of the kernel's firewall that holds bans. */
export interface NetfilterBackend extends NetworkBackend {
  /** How the table is: at once when it is open, then each change. Completes when it is closed. */
  readonly health: Observable<Health>;
  /** Which way to the kernel is in use and why, and what this kernel can do. Undefined while it is not open. */
  readonly capabilities: Capabilities | undefined;
  /** What was denied since the table was made. */
  counters(): Promise<Counted>;
}

class NetfilterTable extends DrivenBackend implements NetfilterBackend {
  readonly health: Observable<Health>;
  readonly #driver: NetfilterDriver;

  constructor(options: NetfilterOptions) {
    const driver = new NetfilterDriver(options);
    super(driver, resolveBackendOptions({ ...options, perJail: options.layout === 'per-jail' }));
    this.#driver = driver;
    this.health = driver.opened.pipe(
      take(1),
      switchMap(({ health }) => health),
    );
  }

  get capabilities(): Capabilities | undefined {
    return this.#driver.capabilities;
  }

  counters(): Promise<Counted> {
    return this.#driver.counters();
  }
}

/**
 * Bans in the kernel: a table of nf_tables that belongs to this backend alone.
 *
 * - It speaks netlink, and where that cannot be had runs the program `nft`; `capabilities` says which, and why.
 * - An address stands in a hash set with a timeout of its own, so its ban ends on time even when this process is dead.
 * - `start()` keeps bans that stand. One transaction makes the chains anew, so there is no moment without them.
 * - The kernel's refusal of an element is that event's error; the others are applied. To unban what is not banned succeeds.
 * - Banned twice (by two jails, or as two addresses of one network), it is let in when the last ban ends.
 * - When someone removes the table (`nft flush ruleset`), it is made again with all bans, at once and by itself.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function netfilter(options: NetfilterOptions = {}): NetfilterBackend {
  return new NetfilterTable(options);
}
