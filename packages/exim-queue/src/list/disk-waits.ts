/** A file that takes less than this, in ms, came from the cache, or as good as. */
const slowFileMs = 0.1;
/** How much the disk has to give for a file, on average, in the system's blocks of 512 bytes: one in four is not cached. */
const blocksPerFile = 2;

/**
 * Tells whether files have to be waited for. Time alone does not: a busy machine takes it, too. So the disk must also have
 * been read from for them, which the system counts (`ru_inblock` of getrusage(2)). Where it does not, as for most network
 * file systems, nothing ever seems slow.
 */
export class DiskWaits {
  #startMs = 0;
  #startBlocks = 0;

  start(nowMs: number): void {
    this.#startMs = nowMs;
    this.#startBlocks = process.resourceUsage().fsRead;
  }

  /** @param files how many were read since the start */
  isSlow(files: number, nowMs: number): boolean {
    if (files === 0 || nowMs - this.#startMs < files * slowFileMs) return false;
    return process.resourceUsage().fsRead - this.#startBlocks >= files * blocksPerFile;
  }
}
