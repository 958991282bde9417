import { arrivalOrder } from './arrival-order.ts';
import { compareIds } from './compare-ids.ts';
import { PackedIds } from './packed-ids.ts';

/** Sorts ids in place as {@link compareIds} does, and returns them; 100,000 take some 30 ms. */
export function sortIds(ids: string[]): string[] {
  const packed = new PackedIds();
  for (const id of ids) if (!packed.add(id)) return ids.sort(compareIds);
  const unsorted = ids.slice();
  arrivalOrder(packed).forEach((index, at) => {
    ids[at] = unsorted[index] as string;
  });
  return ids;
}
