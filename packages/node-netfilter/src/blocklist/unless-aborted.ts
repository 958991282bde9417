/**
 * Begins something that a signal may stop while it begins, but not later.
 *
 * @param begin is given a signal that never aborts once it has resolved
 */
export async function unlessAborted<T>(
  outer: AbortSignal | undefined,
  begin: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const stop = (): void => inner.abort();
  if (outer?.aborted === true) stop();
  outer?.addEventListener('abort', stop, { once: true });
  try {
    return await begin(inner.signal);
  } finally {
    outer?.removeEventListener('abort', stop);
  }
}
