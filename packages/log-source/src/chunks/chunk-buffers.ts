const maxIdle = 8;

/** Buffers of one size, used again once their chunk is acked. */
export class ChunkBuffers {
  readonly bytes: number;
  readonly #idle: Buffer[] = [];

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  take(): Buffer {
    return this.#idle.pop() ?? Buffer.allocUnsafeSlow(this.bytes);
  }

  give(buffer: Buffer): void {
    if (this.#idle.length < maxIdle) this.#idle.push(buffer);
  }
}
