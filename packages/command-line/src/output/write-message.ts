import { writeSync } from 'node:fs';

/** Writes a text for people as it is. It never throws, and does not wait for a reader that does not read. */
export function writeMessage(fd: number, text: string): void {
  try {
    writeSync(fd, text);
  } catch {
    // Nobody listens, and there is nobody else to tell.
  }
}
