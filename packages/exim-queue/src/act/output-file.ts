import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What is read of it: the words of one delivery are a few hundred bytes, with SMTP some kilobytes. */
const maxBytes = 1 << 20;

/**
 * A file without a name that a process writes its output to. Unlike a pipe it does not break when its reader goes, and
 * the system removes it when the last process that has it open ends.
 */
export class OutputFile {
  readonly fd: number;

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** Undefined where no file can be made: a full disk must not keep a message from being acted on. */
  static make(): OutputFile | undefined {
    const name = path.join(tmpdir(), `sluice-${randomUUID()}`);
    try {
      const { O_CREAT, O_EXCL, O_RDWR, O_APPEND } = constants;
      const fd = openSync(name, O_CREAT | O_EXCL | O_RDWR | O_APPEND, 0o600);
      unlinkSync(name);
      return new OutputFile(fd);
    } catch {
      return undefined;
    }
  }

  /** What was written so far, its first mebibyte. */
  read(): string {
    const bytes = Buffer.alloc(Math.min(fstatSync(this.fd).size, maxBytes));
    const length = readSync(this.fd, bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, length);
  }

  close(): void {
    closeSync(this.fd);
  }
}
