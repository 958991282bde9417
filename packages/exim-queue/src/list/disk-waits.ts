/** A file that takes less than this, in ms, came from the cache, or as good as. */
const slowFileMs = 0.1;
/** How much the disk has to give for a file, on average, in the system's blocks of 512 bytes: one in four is not cached. */
const blocksPerFile = 2;

/**
 * Tells whether files have to be waited for. Time alone does not: a busy machine takes it, too. So the disk must also have
 * been read from for them, which the system counts (`ru_inblock` of getrusage(2)). Where it does not, as for most network
 * file systems, nothing ever seems slow.
 *
 * The count takes its time to be asked for, and so it is only after a slow stretch: the first one is judged together with
 * all before it, those that follow by themselves.
 */
export class DiskWaits {
  #startMs = 0;
  #countedBlocks = process.resourceUsage().fsRead;
  #filesSince = 0;

  start(nowMs: number): void {
    this.#startMs = nowMs;
  }

  /** @param files how many were read since the start */
  isSlow(files: number, nowMs: number): boolean {
    this.#filesSince += files;
    if (files === 0 || nowMs - this.#startMs < files * slowFileMs) return false;
    const blocks = process.resourceUsage().fsRead;
    const isRead = blocks - this.#countedBlocks >= this.#filesSince * blocksPerFile;
    this.#countedBlocks = blocks;
    this.#filesSince = 0;
    return isRead;
  }
}
