import type { Netfilter } from '../netfilter/netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { NftSet } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { BuildOptions } from './kernel-table.ts';
import { listName } from './list-name.ts';
import type { Mirror } from './mirror.ts';
import type { MirrorSet } from './mirror-set.ts';
import { nftSet } from './nft-set.ts';
import { readElementKey } from './read-element-key.ts';
import { readSetName, type SetPlace } from './set-place.ts';
import type { Settings } from './settings.ts';
import { lead } from './stage-op.ts';
import { chainsOf, tableFlags, tableOf } from './table-commands.ts';
import type { TableState } from './table-state.ts';

const madeByLayout = /^(?:any|anyport)[46]_\d{1,3}$/;

function mustBeOurs(set: NftSet, expected: NftSet): void {
  const isSame = set.key.join() === expected.key.join() && (set.flags ?? []).join() === 'timeout';
  if (isSame) return;
  throw new NodeNetfilterError(
    'REFUSED',
    `the set ${set.set} in the table inet ${set.table} is none of a block list's`,
    {
      cure: 'remove the table, or give the block list one of another name',
      value: set.set,
    },
  );
}

/** Puts one element into the mirror; as one that is to be added where the kernel has it in another set, or will not have it. */
function adopt(
  element: SetElement,
  place: SetPlace,
  keeper: MirrorSet | undefined,
  mirror: Mirror,
  settings: Settings,
  nowMs: number,
): void {
  const { key, comment = '', expiresInMs, timeoutMs } = element;
  const endMs = nowMs + (expiresInMs ?? timeoutMs ?? Number.POSITIVE_INFINITY);
  const { owner } = place;
  const list = (typeof owner === 'object' && owner.list) || listName(comment);
  if (keeper !== undefined) {
    mirror.hold(keeper, key, endMs, list);
    return;
  }
  if (readElementKey(place, key) === undefined) return;
  const { family, prefix, hasPorts } = place;
  if (settings.layout === 'shared') {
    const set = mirror.set({ family, prefix, hasPorts });
    if ((set.entries.get(key)?.endMs ?? 0) < endMs) mirror.want(set, key, endMs, list);
    return;
  }
  mirror.want(mirror.set({ family, prefix, hasPorts, owner: { list } }), key, endMs, list);
}

/**
 * Takes over what stands in a table: the elements go into the mirror, with what is left of their time. Sets of another
 * layout or make are to be replaced, empty ones removed.
 *
 * @returns what the table has to be built with
 * @throws NodeNetfilterError `…_OWNED` when it belongs to another process, `…_REFUSED` when it is none of a block list's
 */
export async function adoptTable(
  state: TableState,
  netfilter: Netfilter,
  mirror: Mirror,
  settings: Settings,
  signal?: AbortSignal,
): Promise<BuildOptions> {
  const { table, chains, sets } = state;
  const { ownerPortId } = table;
  if (ownerPortId !== undefined && ownerPortId !== netfilter.portId) {
    throw new NodeNetfilterError('OWNED', `the table inet ${table.table} belongs to another process`, {
      cure: 'stop that process, or give the block list a table of another name',
    });
  }
  const ref = tableOf(settings);
  const before: Command[] = [];
  const ours = sets.flatMap((set) => {
    const place = readSetName(set.set);
    return place === undefined ? [] : [{ set, place }];
  });
  for (const { set, place } of ours) mustBeOurs(set, nftSet(place, settings));

  const isProtected = table.flags?.includes('persist') === true;
  const isRemade = isProtected !== tableFlags(settings).includes('persist');
  for (const { set, place } of ours) {
    const elements = place.owner === 'any' ? [] : await netfilter.elements(set, signal);
    const nowMs = settings.clock.nowMs();
    const keeper = isRemade ? undefined : keeperOf(set, place, elements, mirror, settings);
    if (keeper === undefined) before.push({ kind: 'delete-set', set });
    for (const element of elements) adopt(element, place, keeper, mirror, settings, nowMs);
  }
  leadToAll(mirror);
  const own = new Set(chainsOf(settings, [...mirror.sets()]).map(({ chain }) => chain));
  const stale = chains.map(({ chain }) => chain).filter((chain) => madeByLayout.test(chain) && !own.has(chain));
  if (isRemade) {
    // A table's owner cannot be changed: it has to be another table. Its counter goes on.
    const denied = await netfilter.counter({ ...ref, counter: 'denied' });
    const counter: Command[] = denied === undefined ? [] : [{ kind: 'add-counter', counter: denied }];
    const remade: Command[] = [
      { kind: 'delete-table', table: ref },
      { kind: 'add-table', table: { ...ref, flags: tableFlags(settings) } },
      ...counter,
    ];
    return { elements: 'changed', before: remade, isNewTable: true };
  }
  // Sets can only go when no rule looks into them.
  const flushed = chains.filter(({ chain }) => own.has(chain) || stale.includes(chain));
  return {
    elements: 'changed',
    before: [...flushed.map((chain): Command => ({ kind: 'flush-chain', chain })), ...before],
    staleChains: stale,
  };
}

/** The mirror's set that stands for a set of the kernel; undefined when that has to go. */
function keeperOf(
  set: NftSet,
  place: SetPlace,
  elements: readonly SetElement[],
  mirror: Mirror,
  settings: Settings,
): MirrorSet | undefined {
  const expected = nftSet(place, settings);
  const isOfLayout = (settings.layout === 'shared') === (place.owner === undefined);
  const isAlike = set.maxElements === expected.maxElements && (set.counters ?? false) === (expected.counters ?? false);
  // The sets of all lists are derived from the lists' own; a list whose name the set does not tell is known by its elements.
  const isTold = typeof place.owner !== 'object' || place.owner.list !== '';
  if (!isOfLayout || !isAlike || !isTold || elements.length === 0) return undefined;
  return mirror.set(place);
}

/** Makes the sets of all lists lead to the lists' own. */
function leadToAll(mirror: Mirror): void {
  for (const { place, entries } of [...mirror.sets()]) {
    if (typeof place.owner !== 'object') continue;
    const any = mirror.set({ ...place, owner: 'any' });
    for (const key of entries.keys()) lead(mirror, any, key);
  }
}
