import type { Observable } from 'rxjs';
import type { BanBackend } from '../ban-backend.ts';
import { DrivenBackend } from './driven-backend.ts';
import { type NetworkBackendOptions, resolveBackendOptions, type TargetOptions } from './network-backend-options.ts';
import type { BlockedNetwork, NetworkDriver } from './network-driver.ts';

/** A backend that bans networks. */
export interface NetworkBackend extends BanBackend {
  /** What is blocked now, as the firewall says itself. Dear with very many. */
  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]>;
  /**
   * Networks that are let in because the time of their last ban is over, by the clock: a firewall that ends them by
   * itself tells nobody. One that was unbanned before is not told. Completes when the backend is stopped.
   */
  readonly expired: Observable<BlockedNetwork>;
  rehearse(write: (command: string) => void): NetworkBackend;
}

/**
 * A backend over a driver, which knows how to block networks and nothing of bans.
 *
 * - A ban is about the address's network of `ipv4Prefix` or `ipv6Prefix` bits. Banned twice (by two jails, or as two
 *   addresses of one network), it is let in when the last ban ends.
 * - A ban that the driver does not end by itself is ended by a timer. When that fails it is tried again with a growing
 *   pause, and `rejects` is told.
 * - What the driver refuses is that event's error; all others are applied. To unban what is not banned succeeds.
 * - When somebody removed what holds the bans, it is made again with all bans.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function networkBackend(
  driver: NetworkDriver,
  options: NetworkBackendOptions & TargetOptions = {},
): NetworkBackend {
  return new DrivenBackend(driver, resolveBackendOptions(options));
}
