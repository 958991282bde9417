import { setImmediate as turn } from 'node:timers/promises';
import { deferred } from '@sluice/pipeline';
import type { CutNetwork } from '../cut/cut-network.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Block, BlockOp, BlockOutcome } from './block-op.ts';
import { asNetfilterError, isElementFault } from './fault-kind.ts';
import type { KernelTable } from './kernel-table.ts';
import type { FailedChanges, Mirror } from './mirror.ts';
import type { Change } from './mirror-set.ts';
import { OpsBatch } from './ops-batch.ts';
import type { ReconcileReport } from './reconcile-report.ts';
import { lead } from './stage-op.ts';

/** Blocks that are looked at before other work gets its turn. */
const blocksAtOnce = 4096;
/** Two ends that are no further apart are the same: one of them was told as what is left of it. */
const sameEndMs = 1000;

/** Writes down in the mirror what is wanted, and that nothing else is. */
async function stage(desired: Iterable<Block>, { mirror, settings }: KernelTable): Promise<OpsBatch> {
  const batch = new OpsBatch(settings, mirror);
  let ops: BlockOp[] = [];
  const flush = (): void => {
    const request = { ops, outcomes: [], signal: undefined, done: deferred<readonly BlockOutcome[]>(), next: 0 };
    ops = [];
    batch.stage([request], Number.POSITIVE_INFINITY);
  };
  for (const block of desired) {
    if (ops.push({ ...block, kind: 'block' }) < blocksAtOnce) continue;
    flush();
    await turn();
  }
  flush();
  for (const set of [...mirror.sets()]) {
    const { place } = set;
    if (place.owner === 'any') continue;
    const any = place.owner === undefined ? undefined : mirror.set({ ...place, owner: 'any' });
    for (const { key, change } of [...set.entries.values()]) {
      if (change !== undefined) continue;
      mirror.want(set, key, 0, '');
      if (any !== undefined) lead(mirror, any, key);
    }
  }
  return batch;
}

/** Finds out what the kernel has: what nobody knows of is to go, and what is not there has to be added. */
async function stageUnknown(table: KernelTable, signal: AbortSignal | undefined): Promise<void> {
  const { mirror, netfilter, settings } = table;
  for (const set of [...mirror.sets()]) {
    if (!set.isMade) continue;
    const elements = await netfilter.elements(set.nft, signal);
    const nowMs = settings.clock.nowMs();
    const ends = new Map(elements.map(({ key, timeoutMs, expiresInMs = timeoutMs }) => [key, expiresInMs]));
    for (const { change, key } of set.entries.values()) {
      if (change === undefined) continue;
      change.heldEndMs = ends.has(key) ? nowMs + (ends.get(key) ?? Number.POSITIVE_INFINITY) : 0;
    }
    for (const key of ends.keys()) if (!set.entries.has(key)) mirror.want(set, key, 0, '');
  }
}

const isSame = ({ entry, heldEndMs, heldList }: Change): boolean =>
  entry.endMs > 0 &&
  heldEndMs > 0 &&
  heldList === entry.list &&
  (entry.endMs === heldEndMs || Math.abs(entry.endMs - heldEndMs) <= sameEndMs);

/** Makes only what is different, as much at once as the kernel takes. Removals come first: they make room. */
async function change(table: KernelTable, most: number, signal: AbortSignal | undefined): Promise<FailedChanges> {
  const { mirror } = table;
  const all = mirror.takeChanges();
  const failed = new Map<Change, NodeNetfilterError>();
  const settle = (changes: readonly Change[], faults: FailedChanges | undefined): void => {
    mirror.putChanges(changes);
    mirror.settle(faults);
    for (const [one, error] of faults ?? []) failed.set(one, error);
  };
  settle(all.filter(isSame), undefined);
  const different = all.filter((one) => one.entry.change === one);
  const inOrder = [
    ...different.filter(({ entry }) => entry.endMs === 0),
    ...different.filter(({ entry }) => entry.endMs > 0),
  ];
  for (let at = 0; at < inOrder.length; at += most) {
    const part = inOrder.slice(at, at + most);
    if (signal?.aborted === true) {
      const error = new NodeNetfilterError('ABORTED', 'stopped by its signal before it was begun');
      settle(part, new Map(part.map((one) => [one, error])));
      continue;
    }
    mirror.putChanges(part);
    const faults = await table.commitChanged();
    mirror.settle(faults);
    for (const [one, error] of faults ?? []) failed.set(one, error);
  }
  return failed;
}

/** Makes all of it anew in one transaction; whether that was possible. Counters of elements begin anew. */
async function replace(table: KernelTable): Promise<boolean> {
  if (table.settings.elementCounters) return false;
  try {
    await table.build({ elements: 'all', isExact: true, isWhole: true });
  } catch {
    // Whatever it was: what has to be different is made different then, and tells.
    return false;
  }
  table.mirror.settle(undefined);
  return true;
}

function count(mirror: Mirror): Omit<ReconcileReport, 'failed'> {
  const report = { added: 0, removed: 0, kept: 0 };
  for (const { place, changes } of mirror.changed) {
    if (place.owner === 'any') continue;
    for (const { entry, heldEndMs } of changes) {
      if (heldEndMs > 0) report[entry.endMs > 0 ? 'kept' : 'removed'] += 1;
      else if (entry.endMs > 0) report.added += 1;
    }
  }
  return report;
}

/**
 * Makes the kernel block what is wanted and nothing else, in one transaction where it fits into one.
 *
 * Where the mirror knows all that the kernel has, what has to be different is made different. Else the sets are made anew:
 * to read them all would cost more. Where elements have counters to be kept, or it is too much for one transaction, they
 * are read, and changed a bit at a time.
 *
 * @param isKnown whether the kernel has no elements that the mirror does not know
 */
export async function reconcileBlocks(
  desired: Iterable<Block>,
  table: KernelTable,
  isKnown: boolean,
  signal?: AbortSignal,
): Promise<{ readonly report: ReconcileReport; readonly blocked: Iterable<CutNetwork> }> {
  const batch = await stage(desired, table);
  const counted = count(table.mirror);
  let failed: FailedChanges | undefined;
  if (isKnown) failed = await change(table, Number.POSITIVE_INFINITY, signal);
  else if (!(await replace(table))) {
    await stageUnknown(table, signal).catch(() => {
      // A table that cannot be read is found out about by the commits, which tell why.
    });
    failed = await change(table, table.settings.maxBatch, signal);
  }
  if (failed !== undefined && failed.size > 0) {
    batch.fail(failed);
    const whole = [...failed.values()].find((error) => !isElementFault(error));
    if (whole !== undefined) table.onTrouble?.(asNetfilterError(whole));
  }
  const notAdded = failed === undefined ? 0 : [...failed.keys()].filter((one) => isAddition(one)).length;
  const report = { ...counted, added: counted.added - notAdded, failed: batch.failures() };
  return { report, blocked: batch.blocked() };
}

const isAddition = ({ entry, heldEndMs }: Change): boolean => heldEndMs === 0 && entry.set.place.owner !== 'any';
