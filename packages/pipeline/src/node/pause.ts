/**
 * Waits; an abort ends it early, without an error.
 *
 * @param onStart is given a function that ends the waiting too
 */
export function pause(ms: number, signal: AbortSignal, onStart?: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    onStart?.(end);
    if (signal.aborted) end();
  });
}
