import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { noExim } from './exim-command.ts';

/** Debian names it exim4, with a link exim. */
const names = ['exim4', 'exim'];
/** A plain user's PATH lacks the folders of daemons. The last one is where Exim's own build puts it. */
const daemonFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/exim/bin'];

/**
 * Absolute path of Exim: `exim4` or `exim` in PATH and the sbin folders, the first that is there; links are not resolved.
 *
 * @param given the caller's own: a path, or a name that is looked for in the same folders
 * @returns undefined when none was given and there is none
 * @throws {EximQueueError} `NO_EXIM` when the one that was given is none
 */
export function findExim(given?: string): string | undefined {
  if (given?.includes('/') === true) {
    const found = path.resolve(given);
    if (isProgram(found)) return found;
    throw noExim(`${given} is no program`);
  }
  const found = folders()
    .flatMap((folder) => (given === undefined ? names : [given]).map((name) => path.join(folder, name)))
    .find(isProgram);
  if (found === undefined && given !== undefined) throw noExim(`there is no program ${given}`);
  return found;
}

/** Relative folders in PATH depend on where one stands, and are left out. */
const folders = (): readonly string[] =>
  [...(process.env['PATH'] ?? '').split(path.delimiter), ...daemonFolders].filter((folder) => path.isAbsolute(folder));

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
