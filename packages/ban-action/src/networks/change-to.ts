import type { HeldNetwork } from './held-network.ts';
import type { NetworkChange } from './network-driver.ts';
import type { Target } from './target.ts';

export function changeTo(
  kind: NetworkChange['kind'],
  { address, family, prefix, port }: Target,
  jail: string,
  timeoutMs: number,
  isKnown: boolean,
): NetworkChange {
  const change = { kind, address, family, prefix, jail, timeoutMs, isKnown };
  return port === undefined ? change : { ...change, port };
}

/** The ban of a held network, as a driver is told of it that ends bans of up to `maxTimeoutMs` by itself. */
export function banOf(held: HeldNetwork, isKnown: boolean, nowMs: number, maxTimeoutMs: number): NetworkChange {
  const timeoutMs = held.endMs - nowMs;
  held.endsByItself = timeoutMs <= maxTimeoutMs;
  return changeTo('ban', held.target, held.jail, timeoutMs, isKnown);
}
