import { AddressSet, parseNetwork } from '@sluice/pipeline';

/** The ids that are addresses within the network, or networks that it holds; none for a text that is no network. */
export function idsWithin(network: string, bans: Iterable<{ readonly id: string }>): readonly string[] {
  const outer = parseNetwork(network);
  if (outer === undefined) return [];
  const set = new AddressSet([outer]);
  const ids: string[] = [];
  for (const { id } of bans) {
    const inner = parseNetwork(id);
    if (inner !== undefined && inner.prefix >= outer.prefix && set.has(inner.address)) ids.push(id);
  }
  return ids;
}
