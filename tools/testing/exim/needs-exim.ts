import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Need, program } from '../describe-with.ts';

/**
 * - `4.96`: the Exim that is installed, whatever release it is; Debian 12 has 4.96, with the short message ids;
 * - `new`: a release of 4.97 or later, with the long ids, that tools/setup-system.sh unpacks into the workspace's cache.
 */
export type EximRelease = '4.96' | 'new';

/** Where the programs of a release are: `exim4`, `exiqgrep`, `exipick`, `exiqsumm`. */
export const eximFolders: Readonly<Record<EximRelease, string>> = {
  '4.96': '/usr/sbin',
  new: fileURLToPath(new URL('../../../.cache/exim-new/usr/sbin', import.meta.url)),
};

/** Uid and gid of the user that Exim runs as; undefined where there is no such user. */
export function eximUser(): { readonly uid: number; readonly gid: number } | undefined {
  const fields = /^Debian-exim:[^:]*:(\d+):(\d+):/m.exec(
    existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '',
  );
  return fields === null ? undefined : { uid: Number(fields[1]), gid: Number(fields[2]) };
}

/** Needs of a scene with the installed release, for `describeWith`. */
export const needsExim: readonly Need[] = [
  program('exim4', 'exim4-daemon-light'),
  program('exiqgrep', 'exim4-base'),
  program('setpriv', 'util-linux'),
  { text: 'the user Debian-exim: install the package exim4-base', isThere: eximUser() !== undefined },
  { text: 'root: Exim gives its files to another user', isThere: process.getuid?.() === 0 },
];

/** Needs of a scene with the new release, which cannot be had everywhere. */
export const needsNewExim: readonly Need[] = [
  ...needsExim,
  {
    text: "an Exim of 4.97 or later in .cache/exim-new: tools/setup-system.sh unpacks it from Debian's backports",
    isThere: spawnSync(`${eximFolders.new}/exim4`, ['-bV']).status === 0,
    isOptional: true,
  },
];

/** Both releases with their needs, for `for (const { release, needs } of eximReleases) describeWith(needs, …)`. */
export const eximReleases: readonly { readonly release: EximRelease; readonly needs: readonly Need[] }[] = [
  { release: '4.96', needs: needsExim },
  { release: 'new', needs: needsNewExim },
];
