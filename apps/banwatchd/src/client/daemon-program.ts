import { realpathSync } from 'node:fs';
import path from 'node:path';

/** The daemon's program: beside the client's own, with the same ending. */
export function daemonProgram(): string {
  const own = realpathSync(process.argv[1] ?? '.');
  return path.join(path.dirname(own), `banwatchd${path.extname(own)}`);
}
