import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { JailConfig, LogPath } from '@sluice/fail2ban-config';
import { Glob, globFiles } from '@sluice/log-source';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { From } from '../watch/log-watch.ts';
import { at } from './setting-fault.ts';

const maxFirstLineBytes = 4096;
const lineFeed = 0x0a;

/** The log files of a jail: those that its paths stand for, now and later. */
export class LogFiles {
  readonly #globs: readonly { readonly glob: Glob; readonly from: From }[];

  /** @throws ComponentError with file, line and cure for a path that cannot be */
  constructor({ logPaths, backend, placeOf, place }: JailConfig, root: string) {
    if (logPaths.length === 0)
      throw new BanwatchdError('ERR_BANWATCHD_NO_LOG', `the jail has no log file (backend ${backend})`, {
        ...(placeOf?.('backend') ?? place),
        cure: 'write a logpath into it and `backend = auto`; the journal is not read yet',
      });
    this.#globs = logPaths.map(({ glob, from, place }) => at(place, () => ({ glob: new Glob(glob, root), from })));
  }

  has(path: string, from: LogPath['from']): boolean {
    return this.#globs.some((one) => one.from === from && one.glob.matches(path));
  }

  /** Those that are there now, in the order of the jail's paths. */
  get present(): readonly string[] {
    const files = new Set<string>();
    const found = (file: string): void => {
      if (isFile(file)) files.add(file);
    };
    for (const { glob } of this.#globs) globFiles(glob, { found, looksInto() {}, failed() {} });
    return [...files];
  }
}

/** One that cannot be looked at (no permission, a loop of links, a name that is too long) is none for now. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The SHA-1 of a file's first line, which fail2ban logs and knows it again by; `''` for a file without one. */
export function firstLineHash(file: string): string {
  const start = Buffer.alloc(maxFirstLineBytes);
  try {
    const fd = openSync(file, 'r');
    try {
      const end = start.subarray(0, readSync(fd, start)).indexOf(lineFeed);
      return end === -1
        ? ''
        : createHash('sha1')
            .update(start.subarray(0, end + 1))
            .digest('hex');
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
