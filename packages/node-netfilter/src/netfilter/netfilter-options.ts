import type { Metrics } from '@sluice/pipeline';

/** Options of `openNetfilter`, and of all that opens one. */
export interface NetfilterOptions {
  /**
   * How to reach the kernel. `auto` takes netlink, and `nft` where koffi cannot be loaded or `command` names another
   * way to run nft. Default `auto`.
   */
  readonly transport?: 'auto' | 'netlink' | 'nft';
  /** How to call nft: `['ip', 'netns', 'exec', 'web', 'nft']` for another network namespace. Default `['nft']`. */
  readonly command?: readonly string[];
  /** Longest time that a run of nft may take. Default 30,000. */
  readonly timeoutMs?: number;
  readonly metrics?: Metrics;
}
