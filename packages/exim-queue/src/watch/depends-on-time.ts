import type { QueueFilter } from '../queue-filter.ts';

/** Whether messages begin or cease to match a filter by growing older. */
export function dependsOnTime(filter: QueueFilter | undefined): boolean {
  if (filter === undefined) return false;
  const { olderThanMs, youngerThanMs, frozenForMs, not, any = [], all = [] } = filter;
  const isTimed = olderThanMs !== undefined || youngerThanMs !== undefined || frozenForMs !== undefined;
  return isTimed || [not, ...any, ...all].some(dependsOnTime);
}
