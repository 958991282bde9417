import type { MirrorSet } from './mirror-set.ts';
import type { Settings } from './settings.ts';
import { chainsOf, startRules, tableFlags } from './table-commands.ts';
import type { TableState } from './table-state.ts';

/**
 * What the kernel's numbers of a block list's own parts amount to: it stays the same for as long as nobody replaces, adds or
 * removes a rule, a chain or a set. Other parts of the table do not count.
 *
 * @returns undefined when a part is missing, or is not as it was made
 */
export function fingerprint(state: TableState, settings: Settings, made: readonly MirrorSet[]): string | undefined {
  const { table, chains, rules, sets } = state;
  const flags = (list: readonly string[] = []): string => [...list].sort().join();
  if (flags(table.flags) !== flags(tableFlags(settings))) return undefined;
  const parts = [`table ${table.handle}`];

  const expected = new Map<string, number>();
  for (const { chain } of startRules(settings, made)) expected.set(chain, (expected.get(chain) ?? 0) + 1);
  for (const { chain, base } of chainsOf(settings, made)) {
    const found = chains.find((one) => one.chain === chain);
    if (found === undefined || found.base?.hook !== base?.hook || found.base?.priority !== base?.priority)
      return undefined;
    if (found.base !== undefined && found.base.policy === 'drop') return undefined;
    const handles = rules.filter((rule) => rule.chain === chain).map(({ handle }) => handle);
    if (handles.length !== (expected.get(chain) ?? 0)) return undefined;
    parts.push(`chain ${chain} ${found.handle} ${handles.join()}`);
  }

  const byName = new Map(sets.map((set) => [set.set, set]));
  for (const name of ['allow4', 'allow6', ...made.map(({ nft }) => nft.set)]) {
    const set = byName.get(name);
    if (set === undefined) return undefined;
    parts.push(`set ${name} ${set.handle}`);
  }
  return parts.join('\n');
}
