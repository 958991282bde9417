import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileNames } from './file-names.ts';
import { isAlive } from './is-alive.ts';
import { parseTemporaryName } from './temporary-name.ts';

const oldMs = 3_600_000;

/**
 * Removes temporary files that processes left which were killed. Only those of this calendar, older than an hour, whose
 * process is gone: one of another machine on the same disk looks gone, too, but writes on.
 */
export function removeLeftovers(names: FileNames, nowMs: number): void {
  for (const name of readdirSync(names.folder)) {
    const temporary = parseTemporaryName(name);
    if (temporary === undefined || names.shardOf(temporary.base) === undefined || isAlive(temporary.pid)) continue;
    const file = path.join(names.folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && nowMs - stats.mtimeMs > oldMs) rmSync(file, { force: true });
  }
}
