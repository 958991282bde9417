import { type Metrics, optionCheck } from '@sluice/pipeline';
import type { NetfilterOptions } from '../netfilter/netfilter-options.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { NftSetup } from './nft-setup.ts';

/** Options of `nftNetfilter`. */
export interface NftNetfilterOptions extends Pick<NetfilterOptions, 'command' | 'timeoutMs' | 'metrics'> {
  /** Why it is nft, for `capabilities.reason`. Default that it was asked for. */
  readonly reason?: string;
  /** Closes it when aborted. */
  readonly signal?: AbortSignal;
}

export interface ResolvedNftOptions extends NftSetup {
  readonly reason: string;
  readonly metrics: Metrics | undefined;
}

const defaultTimeoutMs = 30_000;
const maxTimerMs = 2 ** 31 - 1;
const check = optionCheck((fault, value) => new NodeNetfilterError('OPTION', fault, { value }));

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION` */
export function resolveNftOptions(options: NftNetfilterOptions): ResolvedNftOptions {
  check.signal(options.signal);
  check.object('metrics', options.metrics, ['add']);
  const expected = 'a list of texts: a program and its arguments';
  return {
    command: check.oneOrMore('command', options.command ?? ['nft'], expected),
    timeoutMs: check.integer('timeoutMs', options.timeoutMs, defaultTimeoutMs, 1, maxTimerMs),
    reason: options.reason ?? 'the program nft was asked for',
    metrics: options.metrics,
  };
}
