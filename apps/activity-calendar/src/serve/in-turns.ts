import { setImmediate } from 'node:timers/promises';

const itemsPerTurn = 5000;

/**
 * Calls `visit` for each item from `first` on until it returns false, and lets other requests have their turn after
 * every 5000 items: a search through everything must not hold up the server.
 */
export async function inTurns<T>(
  items: readonly T[],
  first: number,
  visit: (item: T, index: number) => boolean,
): Promise<void> {
  for (let index = first; index < items.length; index += 1) {
    if (index > first && (index - first) % itemsPerTurn === 0) await setImmediate();
    const item = items[index];
    if (item === undefined || !visit(item, index)) return;
  }
}
