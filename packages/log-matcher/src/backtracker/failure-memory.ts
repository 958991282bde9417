/** Most bytes for one subject: beyond it failures are forgotten, and the budget of steps alone bounds the time. */
const maxBytes = 1 << 24;

/** One bit per memo point and position: whether the machine has been there. Zero again for each subject. */
export class FailureMemory {
  #bits: Uint32Array = new Uint32Array(0);
  #positions = 0;

  /** Forgets all. False when the subject is too long for a memory of this many points. */
  begin(points: number, length: number): boolean {
    this.#positions = length + 1;
    const words = Math.ceil((points * this.#positions) / 32);
    if (points === 0 || words * 4 > maxBytes) return false;
    if (this.#bits.length < words) this.#bits = new Uint32Array(words);
    else this.#bits.fill(0, 0, words);
    return true;
  }

  /** Marks a point at a position; true when it was marked already. */
  mark(point: number, position: number): boolean {
    const bit = point * this.#positions + position;
    const word = bit >>> 5;
    const mask = 1 << (bit & 31);
    const held = this.#bits[word] as number;
    if ((held & mask) !== 0) return true;
    this.#bits[word] = held | mask;
    return false;
  }
}
