/** How it is waited. */
export interface PauseOptions {
  /** Is given a function that ends the waiting too. */
  readonly onStart?: (wake: () => void) => void;
  /** Whether the process stays alive for it. Default true. */
  readonly keepsAlive?: boolean;
}

/** Waits; an abort ends it early, without an error. */
export function pause(
  ms: number,
  signal?: AbortSignal,
  { onStart, keepsAlive = true }: PauseOptions = {},
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (!keepsAlive) timer.unref();
    signal?.addEventListener('abort', end, { once: true });
    onStart?.(end);
    if (signal?.aborted) end();
  });
}
