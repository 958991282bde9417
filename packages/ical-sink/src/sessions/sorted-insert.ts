/**
 * Inserts a value into a sorted list that holds at most `max`, of which the largest one gives way. One that is there stays.
 *
 * @param compare less than 0 when the first comes first; 0 for the same
 */
export function sortedInsert<T>(list: T[], value: T, compare: (one: T, other: T) => number, max: number): void {
  let index = list.length;
  while (index > 0 && compare(value, list[index - 1] as T) < 0) index -= 1;
  if (index > 0 && compare(value, list[index - 1] as T) === 0) return;
  list.splice(index, 0, value);
  if (list.length > max) list.pop();
}
