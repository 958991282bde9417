import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { configText, eximOwner, hasExim, writeMany } from '../../../../tools/generate/exim-spool.mjs';
import { QueuePlace } from './queue-place.mjs';

const run = promisify(execFile);

/** Exim, and a disk of our own that can be taken out and put in again. */
export async function hasDisk() {
  const exim = await hasExim();
  if (exim !== true) return exim;
  return run('losetup', ['--find']).then(
    () => true,
    () => 'no loop device is free: a disk of its own is needed, which is not cached',
  );
}

/** A queue on a disk of its own: an image past the cache, mounted anew before each run, so that nothing of it is known. */
export class ColdPlace extends QueuePlace {
  #device = '';

  /** @param {string} cache @param {number} count */
  static async make(cache, count) {
    const folder = path.join(cache, `exim-cold-${count}`);
    const mount = path.join(folder, 'disk');
    const spool = path.join(mount, 'spool');
    const config = path.join(mount, 'exim.conf');
    const place = new ColdPlace({ folder, spool, config });
    if (!existsSync(place.image)) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(mount, { recursive: true });
      const begun = `${place.image}.begun`;
      await run('truncate', ['-s', `${count * 32}K`, begun]);
      await run('mkfs.ext4', ['-q', '-N', String(count * 4), begun]);
      await run('mount', ['-o', 'loop', begun, mount]);
      writeMany({ spool, config, count, owner: await eximOwner(), text: configText(spool, true) });
      await run('umount', [mount]);
      renameSync(begun, place.image);
    }
    return place;
  }

  get image() {
    return path.join(this.folder, 'image');
  }

  get #mount() {
    return path.join(this.folder, 'disk');
  }

  /** Takes the disk out and puts it in again. */
  async cold() {
    await this.out();
    const { stdout } = await run('losetup', ['--find', '--show', '--direct-io=on', this.image]);
    this.#device = stdout.trim();
    await run('mount', [this.#device, this.#mount]);
  }

  async out() {
    if (this.#device === '') return;
    await run('umount', [this.#mount]);
    await run('losetup', ['--detach', this.#device]);
    this.#device = '';
  }
}
