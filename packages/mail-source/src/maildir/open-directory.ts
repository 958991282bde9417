import { closeSync, constants, openSync, readlinkSync } from 'node:fs';
import { forSystem } from './file-path.ts';

/**
 * Where this process's open files are found by number; undefined on systems without such a place, where a path stands
 * in, and with it what a link put there in the same moment leads to. `/proc/self` is resolved here, not at each file.
 */
const descriptors = ((): string | undefined => {
  try {
    return `/proc/${readlinkSync('/proc/self')}/fd`;
  } catch {
    return undefined;
  }
})();
const flags = constants.O_RDONLY | constants.O_DIRECTORY;

/** An open directory. */
export interface OpenDirectory {
  readonly fd: number;
  /** What to put before the name of an entry to open it: leads into this very directory, whatever its path is by now. */
  readonly prefix: string;
}

const prefixOf = (fd: number, path: string): string =>
  descriptors === undefined ? `${path}/` : `${descriptors}/${fd}/`;

/**
 * Opens a directory below another without following a symbolic link, not even one that is put there meanwhile, and
 * closes it when `use` returns.
 *
 * @param root path of bytes; links in it are followed, as it is the user's word
 * @param names from the root down
 * @throws what `node:fs` throws; `ENOTDIR` or `ELOOP` where a link is
 */
export function withDirectory<T>(root: string, names: readonly string[], use: (directory: OpenDirectory) => T): T {
  let path = root;
  let fd = openSync(forSystem(root), flags);
  try {
    for (const name of names) {
      const next = openSync(forSystem(prefixOf(fd, path) + name), flags | constants.O_NOFOLLOW);
      closeSync(fd);
      fd = next;
      path = `${path}/${name}`;
    }
    return use({ fd, prefix: prefixOf(fd, path) });
  } finally {
    closeSync(fd);
  }
}
