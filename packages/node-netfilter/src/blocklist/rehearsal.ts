import { deferred } from '@sluice/pipeline';
import { commitAll } from '../netfilter/commit-all.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { BlockOp, BlockOutcome } from './block-op.ts';
import { ChangeCommands, type KernelWays } from './change-commands.ts';
import type { KernelTable } from './kernel-table.ts';
import { type FailedChanges, Mirror } from './mirror.ts';
import type { Change, MirrorSet } from './mirror-set.ts';
import { OpsBatch } from './ops-batch.ts';
import { type ReadOp, readOp } from './read-op.ts';
import type { Settings } from './settings.ts';
import { keysOf } from './stage-op.ts';
import { setCommands } from './table-commands.ts';
import type { OpsRequest } from './work-queue.ts';

/** What operations would amount to. */
export interface Rehearsal {
  readonly commands: readonly Command[];
  /** How many of the commands make sets. */
  readonly setCommands: number;
  readonly changes: ChangeCommands;
  readonly batch: OpsBatch;
  readonly request: OpsRequest;
  readonly unmade: readonly MirrorSet[];
}

/** Finds out what operations would amount to, and changes nothing. */
export function rehearsal(ops: readonly BlockOp[], mirror: Mirror, settings: Settings, ways: KernelWays): Rehearsal {
  const copy = partOf(mirror, ops, settings);
  const batch = new OpsBatch(settings, copy);
  const request = { ops, outcomes: [], signal: undefined, done: deferred<readonly BlockOutcome[]>(), next: 0 };
  batch.stage([request], Number.POSITIVE_INFINITY);
  const { changed } = copy;
  const unmade = changed
    .filter(({ isMade, changes }) => !isMade && changes.some(({ entry }) => entry.endMs > 0))
    .sort((a, b) => Number(b.place.owner === 'any') - Number(a.place.owner === 'any'));
  const making = unmade.flatMap((set) => setCommands(set, settings));
  const changes = new ChangeCommands(ways);
  const nowMs = settings.clock.nowMs();
  for (const set of changed) if (set.isMade || unmade.includes(set)) changes.add(set, set.changes, nowMs);
  return { commands: [...making, ...changes.commands], setCommands: making.length, changes, batch, request, unmade };
}

/** Lets the kernel look at what operations would amount to, and changes nothing. */
export async function rehearse(
  ops: readonly BlockOp[],
  { mirror, settings, netfilter }: KernelTable,
  signal?: AbortSignal,
): Promise<readonly BlockOutcome[]> {
  const { commands, setCommands, changes, batch, request } = rehearsal(ops, mirror, settings, netfilter.capabilities);
  if (commands.length === 0) return request.outcomes;
  const faults = await commitAll(netfilter, commands, { check: true, ...(signal && { signal }) });
  const [made] = faults.filter(({ command }) => command < setCommands);
  const failed: FailedChanges =
    made === undefined
      ? changes.failed(faults.map((fault) => ({ ...fault, command: fault.command - setCommands })))
      : new Map(changes.all().map((change): [Change, NodeNetfilterError] => [change, made.error]));
  if (failed.size > 0) batch.fail(failed);
  return request.outcomes;
}

/** A mirror of its own with what these operations are about. */
function partOf(mirror: Mirror, ops: readonly BlockOp[], settings: Settings): Mirror {
  const part = new Mirror(settings);
  for (const op of ops) {
    const read: ReadOp | NodeNetfilterError = readOp(op, settings);
    if (read instanceof NodeNetfilterError) continue;
    const { family, prefix } = read.network;
    const hasPorts = read.ports !== undefined;
    for (const set of mirror.setsFor(family, prefix, hasPorts)) {
      const copy = part.set(set.place);
      copy.isMade = set.isMade;
      for (const key of keysOf(read)) {
        const entry = set.entries.get(key);
        if (entry !== undefined && !copy.entries.has(key)) part.hold(copy, key, entry.endMs, entry.list);
      }
    }
  }
  return part;
}
