/** What the machine comes back to, four integers each: kind, a, b, c. */
export const Frame = {
  /** Go on at instruction a, position b. */
  choice: 0,
  /** Register a held b. */
  undo: 1,
  /** Give one character back: go on at instruction a, position b, which is at least c. */
  shrink: 2,
  /** Take one more character: set loop at instruction a, position b, c more allowed. */
  grow: 3,
  /** Another iteration of the lazy loop at instruction a, position b. */
  again: 4,
} as const;

export const frameSize = 4;

/** Kept between subjects; a longer stack is let go. */
const keptFrames = 1 << 16;

/** A stack of frames that grows by doubling. */
export class FrameStack {
  data: Int32Array = new Int32Array(1024 * frameSize);
  /** Integers in use. */
  height = 0;

  push(kind: number, a: number, b: number, c: number): void {
    if (this.height === this.data.length) this.#grow();
    const { data, height } = this;
    data[height] = kind;
    data[height + 1] = a;
    data[height + 2] = b;
    data[height + 3] = c;
    this.height = height + frameSize;
  }

  #grow(): void {
    const larger = new Int32Array(this.data.length * 2);
    larger.set(this.data);
    this.data = larger;
  }

  /**
   * Forgets all ways to match above `height` and keeps what undoes registers.
   *
   * @returns frames looked at
   */
  cut(height: number): number {
    const { data } = this;
    let kept = height;
    for (let at = height; at < this.height; at += frameSize) {
      if (data[at] !== Frame.undo) continue;
      data.copyWithin(kept, at, at + frameSize);
      kept += frameSize;
    }
    const seen = (this.height - height) / frameSize;
    this.height = kept;
    return seen;
  }

  reset(): void {
    this.height = 0;
    if (this.data.length > keptFrames * frameSize) this.data = new Int32Array(1024 * frameSize);
  }
}
