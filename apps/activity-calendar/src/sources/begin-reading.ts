/**
 * The same items, of which the first one is asked for now and not when they are iterated: a child process works while its
 * consumer is still made ready. They are to be iterated, once.
 */
export function beginReading<T>(items: AsyncGenerator<T, void, undefined>): AsyncIterable<T> {
  const first = items.next();
  // Thrown to who iterates.
  first.catch(() => {});
  async function* all(): AsyncGenerator<T, void, undefined> {
    const { done, value } = await first;
    if (done === true) return;
    try {
      yield value;
      yield* items;
    } finally {
      await items.return();
    }
  }
  return all();
}
