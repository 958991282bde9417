import { readdir } from 'node:fs/promises';
import { fileError } from './file-error.ts';
import { type OldCalendar, readOldCalendar } from './old-calendar.ts';
import type { PendingEvents } from './pending-events.ts';
import type { RunContext } from './run-context.ts';
import { openTarget } from './target.ts';

/** Old files by period, each period's by number. */
export type Family = Map<string, OldCalendar[]>;

/**
 * Reads all the files of a calendar: an event may have to leave any of them, because it is taken out, or because its date
 * moved to another period. Numbers count from 1 to the first that is missing, and only where files are cut by size.
 */
export async function readFamily(context: RunContext, pending: PendingEvents): Promise<Family> {
  const { settings, names, signal } = context;
  const isCut = isCutBySize(context);
  const family: Family = new Map();
  for (const period of settings.split === undefined ? [''] : await periodsIn(context)) {
    const olds: OldCalendar[] = [];
    for (let number = 1; number === 1 || isCut; number += 1) {
      const target = openTarget(names.pathOf({ period, number }));
      const { now } = target;
      if (now === undefined || now.size === 0n) break;
      olds.push(await readOldCalendar({ period, number }, { ...target, now }, pending, isCut, signal));
    }
    family.set(period, olds);
  }
  return family;
}

/** Whether what does not fit into a file goes on in another. */
export const isCutBySize = ({ settings }: RunContext): boolean =>
  settings.maxBytes !== Number.POSITIVE_INFINITY || settings.maxEvents !== Number.POSITIVE_INFINITY;

async function periodsIn({ names }: RunContext): Promise<string[]> {
  const entries = await readdir(names.folder).catch((error: unknown) => {
    throw fileError(error, names.folder);
  });
  return entries.flatMap((name) => {
    const shard = names.shardOf(name);
    return shard?.number === 1 ? [shard.period] : [];
  });
}
