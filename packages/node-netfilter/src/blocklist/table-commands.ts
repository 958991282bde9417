import type { Chain } from '../ruleset/chain.ts';
import type { Command } from '../ruleset/command.ts';
import type { Rule } from '../ruleset/rule.ts';
import type { TableFlag, TableRef } from '../ruleset/table.ts';
import { banRules } from './ban-rules.ts';
import { denyRules } from './deny-rules.ts';
import { lookUp } from './look-up.ts';
import type { MirrorSet } from './mirror-set.ts';
import type { Settings } from './settings.ts';

/** Name of the counter that counts what was denied. */
export const deniedCounter = 'denied';

export const tableOf = ({ table }: Pick<Settings, 'table'>): TableRef => ({ family: 'inet', table });

/** Flags that the table has to have. */
export const tableFlags = ({ protect }: Settings): readonly TableFlag[] => (protect ? ['owner', 'persist'] : []);

/** Chains of the table: what packets meet, what a blocked one meets, and one for each set of all lists. */
export function chainsOf(settings: Settings, sets: Iterable<MirrorSet>): readonly Chain[] {
  const ref = tableOf(settings);
  const { hook, priority, devices } = settings;
  const base = { type: 'filter', hook, priority, policy: 'accept' } as const;
  return [
    { ...ref, chain: 'deny' },
    ...leading(sets).map(({ nft }) => ({ ...ref, chain: nft.set })),
    { ...ref, chain: 'ban', base: hook === 'ingress' ? { ...base, devices } : base },
  ];
}

/** Sets of all lists: each has a chain of its name, with the lists' sets. */
const leading = (sets: Iterable<MirrorSet>): MirrorSet[] => [...sets].filter(({ place }) => place.owner === 'any');

/** Makes a set, and the rule that looks into it. Where there is a chain to it, that has to come first. */
export function setCommands(set: MirrorSet, settings: Settings): readonly Command[] {
  const chain = { ...tableOf(settings), chain: set.nft.set };
  return [
    { kind: 'add-set', set: set.nft },
    ...(set.place.owner === 'any' ? [{ kind: 'add-chain', chain } as const] : []),
    { kind: 'add-rule', rule: lookUp(set, settings) },
  ];
}

/** All rules of the table. */
export const startRules = (settings: Settings, sets: readonly MirrorSet[]): readonly Rule[] => [
  ...denyRules(settings),
  ...banRules(settings),
  ...sets.map((set) => lookUp(set, settings)),
];

function allowCommands(settings: Settings): Command[] {
  return ([4, 6] as const).flatMap((family): Command[] => {
    const key = [family === 4 ? 'ipv4_addr' : 'ipv6_addr'] as const;
    const set = { ...tableOf(settings), set: `allow${family}`, key, flags: ['interval'] as const };
    const networks = settings.allowed.filter(({ address }) => address.family === family);
    const elements = networks.map(({ address, prefix }) => ({
      key: prefix === (family === 4 ? 32 : 128) ? address.text : `${address.text}/${prefix}`,
    }));
    return [
      { kind: 'add-set', set },
      { kind: 'flush-set', set },
      { kind: 'add-elements', set, elements },
    ];
  });
}

/**
 * Makes the table, in one transaction with what else goes into it. Run again it makes the chains anew and leaves the
 * elements and the counter alone: a chain cannot change its hook or priority, and rules added twice are there twice.
 *
 * @param staleChains further chains of this table that shall go
 * @param isExact whether the sets are made anew too, without elements. To empty them and fill them again would cost the
 *   kernel several times as much: what is to go is in the way of what comes until the transaction is over
 */
export function startCommands(
  settings: Settings,
  sets: readonly MirrorSet[],
  staleChains: readonly string[] = [],
  isExact: boolean = false,
): readonly Command[] {
  const ref = tableOf(settings);
  const chains = chainsOf(settings, sets);
  const names = [...new Set([...chains.map(({ chain }) => chain), ...staleChains])];
  const each = (kind: 'flush-chain' | 'delete-chain'): Command[] =>
    names.map((chain) => ({ kind, chain: { ...ref, chain } }));
  const make = sets.map(({ nft }): Command => ({ kind: 'add-set', set: nft }));
  return [
    { kind: 'add-table', table: { ...ref, flags: tableFlags(settings) } },
    { kind: 'add-counter', counter: { ...ref, counter: deniedCounter } },
    ...allowCommands(settings),
    // What is there or not is there then, so that it can be removed.
    ...names.map((chain): Command => ({ kind: 'add-chain', chain: { ...ref, chain } })),
    ...each('flush-chain'),
    ...each('delete-chain'),
    ...(isExact ? [...make, ...sets.map(({ nft }): Command => ({ kind: 'delete-set', set: nft })), ...make] : make),
    ...chains.map((chain): Command => ({ kind: 'add-chain', chain })),
    ...startRules(settings, sets).map((rule): Command => ({ kind: 'add-rule', rule })),
  ];
}

/** What is done at the end. */
export function stopCommands(
  settings: Settings,
  sets: Iterable<MirrorSet>,
  onStop: 'flush' | 'delete',
): readonly Command[] {
  const ref = tableOf(settings);
  // Adding first makes it no error when the table has gone already.
  if (onStop === 'delete') {
    const table = { ...ref, flags: tableFlags(settings) };
    return [
      { kind: 'add-table', table },
      { kind: 'delete-table', table: ref },
    ];
  }
  return [...sets].filter(({ isMade }) => isMade).map(({ nft }) => ({ kind: 'flush-set', set: nft }));
}
