import type { BlockedPort } from '@sluice/node-netfilter';
import type { BanActionError } from '../ban-action-error.ts';

/** A network that is banned or let in. */
export interface NetworkChange {
  readonly kind: 'ban' | 'unban';
  /** Canonical address, host bits cleared, without the length. */
  readonly address: string;
  readonly family: 4 | 6;
  /** Leading bits that count. */
  readonly prefix: number;
  /** Jail that wants it; of several the latest. */
  readonly jail: string;
  /** What is left of the ban; `Infinity` for ever. 0 for an unban. */
  readonly timeoutMs: number;
  /** Whether it was banned before, as far as is known. */
  readonly isKnown: boolean;
  /** Only this one, where a backend's jails ban ports (`portsOf`); otherwise absent: all traffic. */
  readonly port?: BlockedPort;
}

/** A network that is blocked now. */
export interface BlockedNetwork {
  readonly address: string;
  readonly family: 4 | 6;
  readonly prefix: number;
  /** Milliseconds until it is let in again without our doing; absent when it never is, or nobody knows. */
  readonly expiresInMs?: number;
  /** Jail that banned it, where that is kept. */
  readonly jail?: string;
  /** Absent: all traffic. */
  readonly port?: BlockedPort;
}

/**
 * What blocks networks: a firewall, or a server's list of those it denies. A `NetworkBackend` drives it and does the rest:
 * which network an event is about, two jails that ban one network, bans that end, outcomes. One call at a time.
 */
export interface NetworkDriver {
  readonly name: string;
  /**
   * Longest ban that it ends by itself. One that lasts longer, and each where this is 0, is ended by the backend, with an
   * `unban`.
   */
  readonly maxTimeoutMs: number;
  /**
   * Makes ready. What it blocks from before stays. Calling it again is harmless.
   *
   * @throws BanActionError what is missing and how to get it; nothing is left behind then
   */
  start(signal?: AbortSignal): Promise<void>;
  /**
   * Brings changes into effect: at most one a network. To unban what is not banned succeeds.
   *
   * @returns those that failed, each with its reason; never rejects because of one
   * @throws BanActionError why all failed. `ERR_BAN_ACTION_GONE` for one or all, where somebody removed what holds the
   * bans, asks for {@link start} and {@link reconcile} with all that is to be banned.
   */
  commit(changes: readonly NetworkChange[], signal?: AbortSignal): Promise<ReadonlyMap<NetworkChange, BanActionError>>;
  /**
   * Makes it block these and nothing else, in one go.
   *
   * @throws BanActionError why nothing was done; with `ERR_BAN_ACTION_GONE` it is asked once more after a {@link start}
   */
  reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<ReadonlyMap<NetworkChange, BanActionError>>;
  /** What it blocks, as it says itself. */
  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]>;
  /** Lets go, as its options say: what it blocks stays, or is let in. */
  stop(): Promise<void>;
  /** What {@link start} does, as commands for people. */
  startCommands(): readonly string[];
  /** What {@link commit} would do, as commands for people. */
  commands(changes: readonly NetworkChange[]): readonly string[];
  /** The same at its beginning, which gives `write` each command in place of running it. */
  rehearse(write: (command: string) => void): NetworkDriver;
}
