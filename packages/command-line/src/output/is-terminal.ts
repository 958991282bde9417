import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Linux: number of the driver of /dev/null and its like. */
const memoryDriver = 1;

/**
 * Whether a file descriptor is a terminal.
 *
 * Node.js is asked only about what may be one: its module for terminals brings networking along, which takes longer to load
 * than many a command takes to run.
 */
export function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev >> 8 !== memoryDriver && isatty(fd);
  } catch {
    return false;
  }
}
