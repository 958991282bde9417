import { randomBytes } from 'node:crypto';
import { closeSync, constants, fchmodSync, fchownSync, openSync, rmSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from './file-error.ts';
import type { Target } from './target.ts';
import { temporaryName } from './temporary-name.ts';

const bufferBytes = 65_536;

/**
 * A new file beside its target, that becomes the target or vanishes.
 *
 * Written synchronously, through a buffer: whoever gives more than the disk takes is slowed down, and nothing piles up.
 * `rest()` closes it for a while; the next write opens it again.
 */
export class TemporaryFile {
  readonly target: Target;
  readonly path: string;
  /** Bytes written so far, those in the buffer too. */
  bytes: number = 0;
  #fd: number | undefined;
  #buffer: Buffer | undefined;
  #filled = 0;

  /** Makes the file. @throws IcalSinkError `ERR_ICAL_SINK_FILE` */
  constructor(target: Target) {
    this.target = target;
    const { dir, base } = path.parse(target.path);
    this.path = path.join(dir, temporaryName(base, process.pid, randomBytes(4).toString('hex')));
    // Nobody else may read it until it has the rights of what it replaces.
    this.#fd = this.#try(() => openSync(this.path, 'wx', target.now === undefined ? 0o666 : 0o600));
  }

  get isOpen(): boolean {
    return this.#fd !== undefined;
  }

  /** Adds bytes at the end. They are copied, or written at once. */
  write(bytes: Buffer): void {
    this.bytes += bytes.length;
    this.#buffer ??= Buffer.allocUnsafeSlow(bufferBytes);
    if (this.#filled + bytes.length > bufferBytes) this.flush();
    if (bytes.length > bufferBytes) {
      this.#writeOut(bytes);
      return;
    }
    bytes.copy(this.#buffer, this.#filled);
    this.#filled += bytes.length;
  }

  /** Writes out what is in the buffer. */
  flush(): void {
    if (this.#filled === 0 || this.#buffer === undefined) return;
    this.#writeOut(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  /** Lets go of the descriptor and the buffer until the next write. */
  rest(): void {
    this.flush();
    this.#buffer = undefined;
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Gives it the rights of what it will replace, and waits until the disk has it. */
  async settle(): Promise<void> {
    this.rest();
    try {
      const handle = await open(this.path, constants.O_RDWR | constants.O_NOFOLLOW);
      try {
        this.#keepRights(handle.fd);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw fileError(error, this.target.path);
    }
  }

  /** Takes the target's place, in one step. */
  async replace(): Promise<void> {
    await rename(this.path, this.target.path).catch((error: unknown) => {
      throw fileError(error, this.target.path);
    });
  }

  /** Vanishes. */
  discard(): void {
    this.#filled = 0;
    this.#buffer = undefined;
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    rmSync(this.path, { force: true });
  }

  #keepRights(fd: number): void {
    const { now } = this.target;
    if (now === undefined) return;
    try {
      fchownSync(fd, Number(now.uid), Number(now.gid));
    } catch {
      // Only root may give files away; then it is the writer's, as any file that is newly written.
    }
    fchmodSync(fd, Number(now.mode & 0o777n));
  }

  #writeOut(bytes: Buffer): void {
    this.#try(() => {
      this.#fd ??= openSync(this.path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    });
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw fileError(error, this.target.path);
    }
  }
}
