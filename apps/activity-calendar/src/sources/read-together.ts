type Turn<T> = readonly [iterator: AsyncIterator<T>, result: IteratorResult<T>];

/**
 * The items of several iterables as they come, at most one waiting of each. Ends when all have ended.
 *
 * @param open makes the iterables; its signal is aborted when the consumer stops before the end, and they are to end then
 */
export async function* readTogether<T>(
  open: (signal: AbortSignal) => readonly AsyncIterable<T>[],
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const turns = new Map<AsyncIterator<T>, Promise<Turn<T>>>();
  const ask = (iterator: AsyncIterator<T>): void => {
    turns.set(
      iterator,
      iterator.next().then((result) => [iterator, result]),
    );
  };
  for (const iterable of open(stop.signal)) ask(iterable[Symbol.asyncIterator]());
  try {
    while (turns.size > 0) {
      const [iterator, result] = await Promise.race(turns.values());
      if (result.done === true) turns.delete(iterator);
      else {
        yield result.value;
        ask(iterator);
      }
    }
  } finally {
    stop.abort();
    await Promise.allSettled([...turns].map(([iterator, turn]) => turn.then(() => iterator.return?.())));
  }
}
