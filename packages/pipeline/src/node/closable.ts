/**
 * An iterable each of whose iterators runs a generator of its own, and whose `return()` ends even one that is waiting:
 * a generator alone would first wait until there is something to yield.
 *
 * @param open starts the generator; its signal aborts with `outer` and on `return()`
 */
export function closable<T>(open: (signal: AbortSignal) => AsyncGenerator<T>, outer?: AbortSignal): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const abort = new AbortController();
      const generator = linked(open, abort, outer);
      return {
        next: () => generator.next(),
        return: () => {
          abort.abort();
          return generator.return(undefined);
        },
      };
    },
  };
}

async function* linked<T>(
  open: (signal: AbortSignal) => AsyncGenerator<T>,
  abort: AbortController,
  outer: AbortSignal | undefined,
): AsyncGenerator<T, undefined, undefined> {
  const stop = (): void => abort.abort();
  if (outer?.aborted === true) stop();
  outer?.addEventListener('abort', stop, { once: true });
  try {
    yield* open(abort.signal);
  } finally {
    outer?.removeEventListener('abort', stop);
  }
  return undefined;
}
