import { type Address, type BanEvent, parseAddress } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { ElementChange } from './element-change.ts';
import type { Holds } from './holds.ts';
import type { ResolvedNetfilterOptions } from './netfilter-options.ts';
import { networkKey } from './network-key.ts';

/** A network in its set, and who wants it banned. */
export interface Target {
  readonly network: string;
  readonly set: string;
  readonly jail: string;
  readonly holder: string;
}

type Layout = Pick<ResolvedNetfilterOptions, 'banSets'>;

/** The network that an event is about, or why it is about none. */
export function targetOf({ jail, id, address }: BanEvent, layout: Layout): Target | BanActionError {
  // Parsed once more: nothing that somebody merely says is an address may reach nft.
  const checked = address && parseAddress(address.text);
  if (checked === undefined) {
    const shown = JSON.stringify((address?.text ?? id).slice(0, 100));
    return new BanActionError('ERR_BAN_ACTION_ADDRESS', `netfilter bans addresses, and ${shown} is none`, {
      value: id,
    });
  }
  const { network, set } = placeOf(checked, layout);
  return { network, set, jail, holder: `${jail}\n${id}` };
}

/** The network of an address, and the set that it belongs in. */
export function placeOf(address: Address, { banSets }: Layout): Pick<Target, 'network' | 'set'> {
  const { name, prefix } = banSets[address.family];
  return { network: networkKey(address, prefix), set: name };
}

/**
 * How the kernel's set has to change for a network's ban to end at `endMs`; undefined when it need not.
 *
 * @param endMs undefined for no ban
 * @param isKnown whether it is banned as far as is known
 */
export function changeFor(
  { network, set, jail }: Pick<Target, 'network' | 'set' | 'jail'>,
  endMs: number | undefined,
  isKnown: boolean,
  nowMs: number,
): ElementChange | undefined {
  if (endMs === undefined) return { network, set, jail, kind: 'remove', timeoutMs: 0 };
  const timeoutMs = endMs - nowMs;
  if (timeoutMs > 0) return { network, set, jail, kind: isKnown ? 'replace' : 'add', timeoutMs };
  return isKnown ? { network, set, jail, kind: 'remove', timeoutMs: 0 } : undefined;
}

/**
 * Brings the holds up to date with events and says how the kernel's sets have to change: one change a network, whatever
 * the number of events about it.
 */
export function changesFor(
  events: readonly BanEvent[],
  targets: readonly (Target | BanActionError)[],
  holds: Holds,
  nowMs: number,
): Map<string, ElementChange> {
  const touched = new Map<string, { target: Target; wasKnown: boolean }>();
  for (const [n, event] of events.entries()) {
    const target = targets[n];
    if (target === undefined || target instanceof BanActionError) continue;
    const { network, holder } = target;
    const { wasKnown } = touched.get(network) ?? { wasKnown: holds.has(network) };
    touched.set(network, { target, wasKnown });
    if (event.kind === 'unban') holds.release(network, holder);
    else holds.hold(network, holder, event.endMs, nowMs);
  }
  const changes = new Map<string, ElementChange>();
  for (const [network, { target, wasKnown }] of touched) {
    const change = changeFor(target, holds.endMs(network), wasKnown, nowMs);
    if (change !== undefined) changes.set(network, change);
  }
  return changes;
}
