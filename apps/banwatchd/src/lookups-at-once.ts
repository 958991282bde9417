/** Threads that are left to the disk. */
const spareThreads = 2;

/**
 * How many names, and how many addresses, may be looked up at once. A lookup holds one of the process's few threads for as
 * long as the name's own server likes, and the state is written by these threads too: a log full of slow names must not
 * hold up a ban.
 */
export function lookupsAtOnce(threads: number = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)): number {
  return Math.max(1, Math.floor(((threads || 4) - spareThreads) / 2));
}
