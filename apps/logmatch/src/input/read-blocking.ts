import { readSync } from 'node:fs';
import { blockFor } from '@sluice/command-line';

/** How long to wait for a descriptor that does not block, in ms. */
const waitMs = 5;

/**
 * Reads from a file, pipe or terminal at its position, and waits for it.
 *
 * @returns bytes read, 0 at the end
 */
export function readBlocking(fd: number, into: Uint8Array, at = 0, length: number = into.length - at): number {
  for (;;) {
    try {
      return readSync(fd, into, at, length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      blockFor(waitMs);
    }
  }
}
