import { countBreaks } from '@sluice/log-matcher';

const newline = 10;
/** Below this many bytes, counting here is quicker than asking the kernel. */
const fewBytes = 512;

function breaksIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > fewBytes) return countBreaks(bytes.subarray(start, end));
  let count = 0;
  for (let at = start; at < end; at += 1) if (bytes[at] === newline) count += 1;
  return count;
}

/** Numbers lines, counting breaks only as far as it is asked. */
export class LineCounter {
  #before = 0;
  #at = 0;

  /** @param before lines of the input before what comes next */
  begin(before: number): void {
    this.#before = before;
  }

  /** Goes on with other lines. */
  enter(): void {
    this.#at = 0;
  }

  /**
   * The 1-based number of the line that begins at an offset; offsets ascend.
   *
   * @param bytes whole lines, the same until {@link leave}
   */
  numberAt(bytes: Uint8Array, offset: number): number {
    this.#before += breaksIn(bytes, this.#at, offset);
    this.#at = offset;
    return this.#before + 1;
  }

  /** Counts the lines that are left. */
  leave(bytes: Uint8Array): void {
    this.#before += breaksIn(bytes, this.#at, bytes.length);
    // A line that was cut has no break here.
    if (bytes.length > 0 && bytes.at(-1) !== newline) this.#before += 1;
  }
}
