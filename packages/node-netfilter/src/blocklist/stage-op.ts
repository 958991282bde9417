import type { Mirror } from './mirror.ts';
import type { MirrorSet } from './mirror-set.ts';
import type { ReadOp } from './read-op.ts';
import type { Settings } from './settings.ts';

/** Keys that an operation is about. */
export function keysOf({ network: { address }, ports }: ReadOp): readonly string[] {
  return ports === undefined ? [address] : ports.map(({ protocol, port }) => `${address} . ${protocol} . ${port}`);
}

/** Sets that an operation is about, the one that decides first; those of them that are not there are left out. */
export function setsOf({ network, list, ports }: ReadOp, mirror: Mirror, { layout }: Settings): readonly MirrorSet[] {
  const { family, prefix } = network;
  const hasPorts = ports !== undefined;
  if (layout === 'shared') {
    const set = mirror.find('', family, prefix, hasPorts);
    return set === undefined ? [] : [set];
  }
  const own = mirror.find(`=${list}`, family, prefix, hasPorts);
  const any = mirror.find('any', family, prefix, hasPorts);
  return [own, any].filter((set) => set !== undefined);
}

/**
 * Writes down in the mirror what an operation wants.
 *
 * @throws NodeNetfilterError when the set for it cannot be made
 */
export function stageOp(op: ReadOp, mirror: Mirror, settings: Settings, nowMs: number): void {
  const { network, timeoutMs, list, ports } = op;
  const { family, prefix } = network;
  const hasPorts = ports !== undefined;
  const endMs = timeoutMs > 0 ? nowMs + timeoutMs : 0;
  if (settings.layout === 'shared') {
    const set = mirror.find('', family, prefix, hasPorts) ?? (endMs > 0 && mirror.set({ family, prefix, hasPorts }));
    if (!set) return;
    if (!hasPorts) mirror.want(set, network.address, endMs, list);
    else for (const key of keysOf(op)) mirror.want(set, key, endMs, list);
    return;
  }
  const own =
    mirror.find(`=${list}`, family, prefix, hasPorts) ??
    (endMs > 0 && mirror.set({ family, prefix, hasPorts, owner: { list } }));
  if (!own) return;
  const any = mirror.set({ family, prefix, hasPorts, owner: 'any' });
  for (const key of keysOf(op)) {
    mirror.want(own, key, endMs, list);
    lead(mirror, any, key);
  }
}

/** Makes the set of all lists lead to a key for as long as one of them has it. */
export function lead(mirror: Mirror, any: MirrorSet, key: string): void {
  const endMs = mirror.longestEndMs(any, key);
  if ((any.entries.get(key)?.endMs ?? 0) !== endMs) mirror.want(any, key, endMs, '');
}
