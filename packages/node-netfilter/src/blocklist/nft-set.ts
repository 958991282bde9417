import type { KeyType, NftSet } from '../ruleset/set.ts';
import { type SetPlace, setName } from './set-place.ts';
import type { Settings } from './settings.ts';

const addressType = { 4: 'ipv4_addr', 6: 'ipv6_addr' } as const;

/** The hash set for networks of one kind. It has no default timeout: with one, a block could not be without an end. */
export function nftSet(place: SetPlace, { table, maxElements, elementCounters }: Settings): NftSet {
  const address: KeyType = addressType[place.family];
  return {
    family: 'inet',
    table,
    set: setName(place),
    key: place.hasPorts ? [address, 'inet_proto', 'inet_service'] : [address],
    flags: ['timeout'],
    ...(maxElements !== undefined && { maxElements }),
    // The set of all lists only leads to the lists' own.
    ...(elementCounters && place.owner !== 'any' && { counters: true }),
  };
}
