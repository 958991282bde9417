import { pause } from '@sluice/pipeline/node';
import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import { check } from '../options.ts';
import type { NftSet } from '../ruleset/set.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import { ChangeReader } from './change-reader.ts';
import type { MonitorOptions } from './netfilter.ts';
import type { RulesetChange } from './ruleset-change.ts';
import { SetKeys, type SetName } from './set-keys.ts';

const NETLINK_NETFILTER = 12;
/** Bit of the group NFNLGRP_NFTABLES, 7 (linux/netfilter/nfnetlink.h). */
const nftablesGroup = 1 << 6;

/**
 * What is committed, as the kernel tells it.
 *
 * @param findSet looks a set up, of which the kernel tells elements but not how their keys read
 */
export function monitorChanges(
  sockets: NetlinkSockets,
  findSet: (set: SetName) => Promise<NftSet | undefined>,
  { intervalMs, signal }: MonitorOptions,
): Observable<RulesetChange> {
  check.signal(signal);
  const pauseMs = check.integer('intervalMs', intervalMs, 100, 1, 2 ** 31 - 1);
  return fromBatches((stop) => changes(sockets, new SetKeys(findSet), pauseMs, stop), signal);
}

async function* changes(
  sockets: NetlinkSockets,
  keys: SetKeys,
  pauseMs: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RulesetChange[]> {
  const listener = await sockets.listen(NETLINK_NETFILTER, nftablesGroup);
  try {
    const reader = new ChangeReader(keys);
    let isLost = false;
    while (!signal.aborted) {
      const { datagrams, overrun } = await listener.receive();
      isLost ||= overrun;
      for (const datagram of datagrams) yield await reader.read(datagram);
      if (datagrams.length > 0) continue;
      // What was lost comes behind what is still queued: whoever reads anew must not be told older things afterwards.
      if (isLost) yield reader.lose();
      isLost = false;
      await pause(pauseMs, signal);
    }
  } finally {
    await listener.close();
  }
}
