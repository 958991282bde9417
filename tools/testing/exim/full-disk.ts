import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EximScene } from './exim-scene.ts';

/**
 * Path of a program that is the scene's Exim on a full disk: it sees the spool as it is now on a file system of 64 KiB
 * that has no byte left. What it changes there is lost when it ends; the scene's own spool stays as it is.
 */
export function fullDiskExim(scene: EximScene): string {
  const disk = path.join(scene.folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const file = path.join(scene.folder, 'exim-with-full-disk');
  const inside = `mount -t tmpfs -o size=64k,mode=750 none ${disk} && cp -a ${scene.spool}/. ${disk} &&
  mount --move ${disk} ${scene.spool} && { dd if=/dev/zero of=${scene.spool}/fill bs=1k 2> /dev/null; exec ${scene.exim} "$@"; }`;
  writeFileSync(file, `#!/bin/sh\nexec unshare -m sh -c '${inside}' exim "$@"\n`, { mode: 0o755 });
  return file;
}
