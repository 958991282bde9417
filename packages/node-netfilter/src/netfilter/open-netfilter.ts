import { nftNetfilter } from '../nft/nft-netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { type OpenNetfilterOptions, type ResolvedNetfilterOptions, resolveNetfilterOptions } from '../options.ts';
import type { Netfilter } from './netfilter.ts';
import { openNetlink } from './open-netlink.ts';

/**
 * Opens the kernel's nf_tables of this process's network namespace, and finds out what it can do.
 *
 * 1. With `transport: 'auto'` this process speaks netlink itself, through koffi. Where koffi cannot be loaded or the kernel
 *    gives no such socket, and where `command` says to run nft in another way than `nft`, the program nft does it; where
 *    `sockets` are given only when `command` is given, too. `capabilities.reason` says why.
 * 2. A process without CAP_NET_ADMIN is refused by both: that is `ERR_NODE_NETFILTER_PERMISSION` and no reason to try nft.
 * 3. To find out what the kernel can do, a transaction of a table of our own is made and taken back; all else is asked
 *    without a change.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`, `…_UNAVAILABLE`, `…_MISSING`, `…_PERMISSION`, `…_ABORTED`
 */
export async function openNetfilter(options: OpenNetfilterOptions = {}): Promise<Netfilter> {
  const resolved = resolveNetfilterOptions(options);
  const { signal } = resolved;
  const netfilter = signal?.aborted === true ? undefined : await openTransport(resolved);
  if (netfilter !== undefined && signal?.aborted !== true) return netfilter;
  await netfilter?.close();
  throw new NodeNetfilterError('ABORTED', 'opening netfilter was stopped by its signal');
}

async function openTransport(options: ResolvedNetfilterOptions): Promise<Netfilter> {
  const { transport, command, sockets, isCommandGiven } = options;
  if (transport === 'netlink') return openNetlink(options, 'the option transport asks for it');
  if (transport === 'nft') return nftNetfilter({ ...options, reason: 'the option transport asks for it' });
  const isPlain = command.length === 1 && /(?:^|\/)nft$/.test(command[0] as string);
  if (!isPlain && sockets === undefined)
    return nftNetfilter({ ...options, reason: `the option command says how to run nft: ${command.join(' ')}` });
  try {
    return await openNetlink(options, 'koffi loads and the kernel gives netlink sockets');
  } catch (error) {
    const isUnavailable = error instanceof NodeNetfilterError && error.code === 'ERR_NODE_NETFILTER_UNAVAILABLE';
    // Sockets of the caller may be in another network namespace, where only a command of the caller would run nft, too.
    if (!isUnavailable || (sockets !== undefined && !isCommandGiven)) throw error;
    return withoutNetlink(options, error);
  }
}

async function withoutNetlink(options: ResolvedNetfilterOptions, netlink: NodeNetfilterError): Promise<Netfilter> {
  try {
    return await nftNetfilter({ ...options, reason: netlink.message });
  } catch (nft) {
    if (!(nft instanceof NodeNetfilterError) || nft.code !== 'ERR_NODE_NETFILTER_MISSING') throw nft;
    throw new NodeNetfilterError(
      'UNAVAILABLE',
      `neither way to the firewall is there: ${faultOf(netlink)}; ${faultOf(nft)}`,
      {
        cure: [netlink.cure, nft.cure].filter((cure) => cure !== undefined).join(', or '),
        cause: new AggregateError([netlink, nft]),
      },
    );
  }
}

/** The message without the cure. */
const faultOf = ({ message, cure }: NodeNetfilterError): string =>
  cure !== undefined && message.endsWith(`; ${cure}`) ? message.slice(0, -cure.length - 2) : message;
