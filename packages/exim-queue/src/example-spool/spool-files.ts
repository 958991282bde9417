import { closeSync, fchmodSync, fchownSync, fstatSync, mkdirSync, openSync, writeSync } from 'node:fs';

const folderMode = 0o750;
const fileMode = 0o640;
const permissionBits = 0o777;

/** Makes files and folders as Exim would own them. It writes over nothing: what is there already is an error. */
export class SpoolFiles {
  files = 0;
  bytes = 0;
  readonly #owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly #folders = new Set<string>();
  #buffer = Buffer.allocUnsafe(2 ** 16);
  /** The process may have a mask that takes more bits away; whether it does shows with the first file. */
  #isMasked: boolean | undefined;

  constructor(owner: { readonly uid: number; readonly gid: number } | undefined) {
    this.#owner = owner;
  }

  /** Makes a folder that was not made before; the one it lies in is there. */
  folder(path: string): void {
    if (this.#folders.has(path)) return;
    this.#folders.add(path);
    mkdirSync(path, { mode: folderMode });
    this.adopt(path);
  }

  /** Gives a folder that is there the mode and the owner that Exim wants. */
  adopt(path: string): void {
    const fd = openSync(path, 'r');
    try {
      fchmodSync(fd, folderMode);
      this.#own(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** Writes a file of a head of one character per byte, and a body. */
  write(path: string, head: string, body?: Buffer): void {
    const length = head.length + (body?.length ?? 0);
    if (length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(length * 2);
    this.#buffer.write(head, 0, 'latin1');
    body?.copy(this.#buffer, head.length);
    const fd = openSync(path, 'wx', fileMode);
    try {
      for (let at = 0; at < length; ) at += writeSync(fd, this.#buffer, at, length - at);
      this.#isMasked ??= (fstatSync(fd).mode & permissionBits) !== fileMode;
      if (this.#isMasked) fchmodSync(fd, fileMode);
      this.#own(fd);
    } finally {
      closeSync(fd);
    }
    this.files += 1;
    this.bytes += length;
  }

  #own(fd: number): void {
    if (this.#owner !== undefined) fchownSync(fd, this.#owner.uid, this.#owner.gid);
  }
}
