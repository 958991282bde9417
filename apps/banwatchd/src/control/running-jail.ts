import type { KeptBan, PolicyStatus } from '@sluice/ban-policy';
import type { ActionConfig, JailConfig } from '@sluice/fail2ban-config';

/** A jail that runs, as the control verbs see it. */
export interface RunningJail {
  readonly name: string;
  /** As it stands now, with all that was set since it was read. */
  readonly config: JailConfig;
  readonly status: PolicyStatus;
  /** Paths of the log files that are watched now. */
  readonly files: readonly string[];
  /** True while it reads on but neither counts nor bans (`set JAIL idle on`). */
  idle: boolean;
  /** The bans that stand, oldest first. */
  readonly bans: Iterable<KeptBan>;
  /** The regexes as they are searched, tags expanded to Python's groups. */
  readonly regexes: {
    readonly prefRegex?: string | undefined;
    readonly failRegex: readonly string[];
    readonly ignoreRegex: readonly string[];
  };
  /**
   * Goes on by other rules: whatever differs is changed, and counters, bans and places in the logs are kept. What cannot be
   * used is refused and nothing is changed.
   *
   * @throws ComponentError with file, line and cure where the value knows them
   */
  reconfigure(config: JailConfig): Promise<void>;
  /** Bans now by hand; resolves to how many were not banned before, once that is durable. */
  ban(ids: readonly string[]): Promise<number>;
  /** Ends bans by hand; an address, id, network (all within it) or host name. Resolves to the ids that were let in. */
  unban(targets: readonly string[]): Promise<readonly string[]>;
  /** Ends all bans, by the actions' flush where they have one. Resolves to how many. */
  unbanAll(): Promise<number>;
  /** Counts a failure as if the lines had matched (`set JAIL attempt`). */
  attempt(id: string, lines: readonly string[]): Promise<void>;
  /** Whether the id, or an address of the network, is banned. */
  isBanned(id: string): boolean;
  /** Calls an operation of an action by hand (`set JAIL action ACT ban …`). */
  runAction(action: ActionConfig['name'], operation: ActionOperation, id?: string): Promise<void>;
}

export type ActionOperation = 'start' | 'stop' | 'ban' | 'unban' | 'reban' | 'prolong' | 'flush' | 'check' | 'reload';
