import { resolveNetfilterOptions } from '../options.ts';
import type { Command } from '../ruleset/command.ts';
import { commandText } from '../text/command-text.ts';
import type { Block, BlockOp } from './block-op.ts';
import type { BlocklistOptions } from './blocklist-options.ts';
import { Mirror } from './mirror.ts';
import { rehearsal } from './rehearsal.ts';
import { settings } from './settings.ts';
import { startCommands, stopCommands } from './table-commands.ts';

/** What a block list would do, as nft statements. */
export interface BlocklistStatements {
  /** What makes the table. */
  readonly start: readonly string[];
  /** What further operations amount to, after those that were asked about before. */
  of(ops: readonly BlockOp[]): readonly string[];
  /** What it takes to block these and nothing else. */
  reconcile(desired: Iterable<Block>): readonly string[];
  /** What is done when it is closed, as `onStop` says. */
  readonly stop: readonly string[];
}

/** A kernel that takes an element's new time, told in words that every nft knows. */
const ways = { destroyElements: false, updateTimeouts: true };

/**
 * What a block list with these options would tell the kernel, for people: it touches no kernel and needs no privileges.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`
 */
export function blocklistStatements(options: BlocklistOptions = {}): BlocklistStatements {
  resolveNetfilterOptions(options);
  const chosen = settings(options);
  const mirror = new Mirror(chosen);
  mirror.setDefaults();
  for (const set of mirror.sets()) set.isMade = true;
  const text = (commands: readonly Command[]): readonly string[] => commands.flatMap(commandText);
  const of = (ops: readonly BlockOp[]): readonly string[] => {
    const { commands, unmade } = rehearsal(ops, mirror, chosen, ways);
    // Sets are made once; what is in them is not remembered.
    for (const { place } of unmade) mirror.set(place).isMade = true;
    return text(commands);
  };
  return {
    start: text(startCommands(chosen, [...mirror.sets()])),
    of,
    reconcile(desired) {
      const emptied = text(stopCommands(chosen, mirror.sets(), 'flush'));
      return [...emptied, ...of(Array.from(desired, (block) => ({ ...block, kind: 'block' })))];
    },
    stop: chosen.onStop === 'keep' ? [] : text(stopCommands(chosen, mirror.sets(), chosen.onStop)),
  };
}
