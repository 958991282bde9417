import type { Rule } from '../ruleset/rule.ts';
import type { MirrorSet } from './mirror-set.ts';
import { setName } from './set-place.ts';
import type { Settings } from './settings.ts';

/** The rule that looks into a set: in the chain `ban`, or for a list's own set in that which the set of all lists leads to. */
export function lookUp({ place, nft: { set } }: MirrorSet, { table }: Pick<Settings, 'table'>): Rule {
  const { family, prefix, hasPorts, owner } = place;
  const source = { kind: hasPorts ? 'source-port' : 'source', family, prefix, set } as const;
  if (owner === 'any') {
    const jump = { kind: 'verdict', verdict: 'jump', chain: set } as const;
    return { family: 'inet', table, chain: 'ban', statements: [source, jump] };
  }
  const chain = owner === undefined ? 'ban' : setName({ ...place, owner: 'any' });
  const toDeny = { kind: 'verdict', verdict: 'goto', chain: 'deny' } as const;
  return { family: 'inet', table, chain, statements: [source, toDeny] };
}
