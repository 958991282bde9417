import { readOptions } from '@sluice/command-line';
import type { QueueFilter } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { filterOf } from '../filter/filter-of.ts';
import { filterSettings } from '../settings/filter-settings.ts';
import { checkIds } from './check-ids.ts';
import { readIds } from './read-ids.ts';

/** Most ids that are read before anything is done with them. */
const maxIds = 5_000_000;

/** Which messages a command is about. */
export interface Selection {
  /** Ids that were named, without those on standard input. */
  readonly ids: readonly string[];
  /** There are ids on standard input. */
  readonly hasInput: boolean;
  /** What the options say; absent when none was given. */
  readonly filter?: QueueFilter;
}

/** What operands and options say. */
export function selectionOf({ operands, options }: CommandContext): Selection {
  const filter = filterOf(readOptions(options, filterSettings, usageError));
  return { ...checkIds(operands), ...(filter !== undefined && { filter }) };
}

/** All ids, also those on standard input, each once. */
export async function allIds({ ids, hasInput }: Selection, context: CommandContext): Promise<readonly string[]> {
  if (!hasInput) return ids;
  const all = new Set(ids);
  for await (const batch of readIds(context)) {
    for (const id of batch) all.add(id);
    if (all.size > maxIds) throw usageError(`more than ${maxIds} ids on standard input`, 'give fewer at once');
  }
  return [...all];
}

/** The filter for what is looked for in the queue; undefined for all of it. */
export async function whereOf(selection: Selection, context: CommandContext): Promise<QueueFilter | undefined> {
  const { filter, hasInput } = selection;
  if (selection.ids.length === 0 && !hasInput) return filter;
  const ids = await allIds(selection, context);
  // Options make no `ids`; those of a --where stand below `all`.
  return { ...filter, ids };
}
