import { bpBlocks } from '../../../../../tools/testing/exim/bp-blocks.ts';
import type { EximScene } from '../../../../../tools/testing/exim/exim-scene.ts';
import { entryBatches } from '../../list/entry-batches.ts';
import type { ListOptions } from '../../options.ts';
import type { QueueEntry } from '../../queue-entry.ts';
import type { QueuePlace } from '../../queue-place.ts';
import { bpText } from '../../render/bp-text.ts';

/** Where a scene's queue is; by default what `exim -bp` lists: the main queue without what was put aside. */
export const placeOf = (scene: EximScene, change: Partial<QueuePlace> = {}): QueuePlace => ({
  backend: 'spool',
  spoolDirectory: scene.spool,
  spoolFrom: 'option',
  queue: '',
  aside: false,
  exim: scene.exim,
  config: scene.config,
  ...change,
});

/** All entries of a listing. */
export async function entriesOf(place: QueuePlace, options: ListOptions = {}): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const batch of entryBatches(place, options)) entries.push(...batch);
  return entries;
}

/**
 * What Exim lists and what we make of it, message by message, for one moment: as ages depend on the time, it is done again
 * when our text was another before and after Exim's.
 *
 * @param args further arguments of Exim, such as `-qGparked`
 */
export async function bothLists(
  scene: EximScene,
  place: QueuePlace = placeOf(scene),
  args: readonly string[] = [],
): Promise<{ ours: string[]; theirs: string[] }> {
  for (;;) {
    const { stdout, startedMs, endedMs } = await scene.run([...args, '-bp']);
    const entries = await entriesOf(place);
    const text = (nowMs: number): string => entries.map((entry) => bpText(entry, nowMs)).join('');
    if (text(startedMs) === text(endedMs)) return { ours: bpBlocks(text(endedMs)), theirs: bpBlocks(stdout) };
  }
}
