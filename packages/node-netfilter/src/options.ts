import { type OptionCheck, optionCheck } from '@sluice/pipeline';
import type { NetfilterOptions } from './netfilter/netfilter-options.ts';
import { NodeNetfilterError } from './node-netfilter-error.ts';
import type { NetlinkSockets } from './socket/netlink-socket.ts';

/** Options of `openNetfilter`. */
export interface OpenNetfilterOptions extends NetfilterOptions {
  /** Closes it when aborted. */
  readonly signal?: AbortSignal;
  /** What opens netlink sockets. Default `koffiSockets()`. */
  readonly sockets?: NetlinkSockets;
}

/** The checks of this package's options, which throw `ERR_NODE_NETFILTER_OPTION`. */
export const check: OptionCheck = optionCheck((fault, value) => new NodeNetfilterError('OPTION', fault, { value }));

/** Options with their defaults. */
export type ResolvedNetfilterOptions = Required<Pick<NetfilterOptions, 'transport' | 'command' | 'timeoutMs'>> &
  OpenNetfilterOptions & { readonly isCommandGiven: boolean };

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION` */
export function resolveNetfilterOptions(options: OpenNetfilterOptions): ResolvedNetfilterOptions {
  check.object('metrics', options.metrics, ['add']);
  check.object('sockets', options.sockets, ['open', 'listen']);
  check.signal(options.signal);
  const command = check.texts('command', options.command) ?? ['nft'];
  if (command.length === 0) throw check.bad('command', 'a list of at least one text', '[]');
  return {
    ...options,
    transport: check.word('transport', options.transport, 'auto', ['auto', 'netlink', 'nft']),
    command,
    isCommandGiven: options.command !== undefined,
    timeoutMs: check.integer('timeoutMs', options.timeoutMs, 30_000, 1, 2 ** 31 - 1),
  };
}
