// Writes a mebibyte to a standard output that does not block, and says by which code that failed.
import { writeAll } from '../output/write-all.ts';

// Once the stream was asked for, Node.js has made the pipe one that does not block.
process.stdout.on('error', () => {});
try {
  writeAll(1, 'x'.repeat(1 << 20));
} catch (error) {
  console.error((error as NodeJS.ErrnoException).code);
  process.exitCode = 1;
}
