import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '@sluice/pipeline/node';
import { runChild } from '../run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import type { GitAddress } from './git-address.ts';
import { gitFailure } from './git-failure.ts';
import { remoteCommand } from './remote-command.ts';

const dayMs = 86_400_000;
const staleLockMs = 600_000;
const lockPauseMs = 200;
const maxLockWaits = 50;

/**
 * The commits of a remote repository, without its files, in a bare repository of ours.
 *
 * Several processes may use one cache: a clone is made aside and renamed into its place, and fetches leave it to Git's
 * own locks who goes first.
 */
export class Mirror {
  /** Named after a hash of the address: an address is data. */
  readonly directory: string;
  readonly #address: GitAddress;
  readonly #cacheDirectory: string;

  constructor(address: GitAddress, cacheDirectory: string) {
    this.#address = address;
    this.#cacheDirectory = path.resolve(cacheDirectory);
    const hash = createHash('sha256').update(address.url).digest('hex');
    this.directory = path.join(this.#cacheDirectory, `${hash}.git`);
  }

  /** Brings it up to date; makes it when it is not there. */
  async update(signal: AbortSignal): Promise<void> {
    if (!existsSync(this.directory)) return this.#clone(signal);
    for (let waits = 0; ; waits += 1) {
      try {
        return await this.#fetch(signal);
      } catch (error) {
        const failure = gitFailure(error, this.#address.url);
        const isLocked = failure instanceof VcsEventsError && failure.code === 'ERR_VCS_EVENTS_LOCKED';
        if (!isLocked || waits === maxLockWaits || signal.aborted) throw error;
        await this.#removeStaleLock(String(failure.cause));
        await pause(lockPauseMs, signal);
      }
    }
  }

  async #clone(signal: AbortSignal): Promise<void> {
    await mkdir(this.#cacheDirectory, { recursive: true, mode: 0o700 });
    await this.#removeLeftovers();
    const aside = `${this.directory}.new-${randomUUID()}`;
    try {
      const options = ['--bare', '--filter=tree:0', '--template=', '--quiet'];
      await this.#run(this.#cacheDirectory, ['clone', ...options, '--', this.#address.url, aside], signal);
      await rename(aside, this.directory);
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      // Another process was faster, or we were not to go on.
      if (!existsSync(this.directory)) throw error;
    }
  }

  #fetch(signal: AbortSignal): Promise<void> {
    const options = ['--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--filter=tree:0'];
    const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
    return this.#run(this.directory, ['-c', 'gc.autoDetach=false', 'fetch', ...options, 'origin', ...refs], signal);
  }

  async #run(directory: string, args: readonly string[], signal: AbortSignal): Promise<void> {
    await runChild(remoteCommand(this.#address, directory, args), signal);
    signal.throwIfAborted();
  }

  /** Clones that were killed a day ago. */
  async #removeLeftovers(): Promise<void> {
    const prefix = `${path.basename(this.directory)}.new-`;
    for (const name of await readdir(this.#cacheDirectory)) {
      if (!name.startsWith(prefix)) continue;
      const leftover = path.join(this.#cacheDirectory, name);
      if (await isOlder(leftover, dayMs)) await rm(leftover, { recursive: true, force: true });
    }
  }

  /** A lock that a Git left that was killed: none of ours takes so long. */
  async #removeStaleLock(words: string): Promise<void> {
    const [, lock] = /'([^'\n]+\.lock)'/.exec(words) ?? [];
    const isOurs = lock?.startsWith(this.directory + path.sep) === true && !lock.includes('..');
    if (lock !== undefined && isOurs && (await isOlder(lock, staleLockMs))) await rm(lock, { force: true });
  }
}

const isOlder = async (file: string, ageMs: number): Promise<boolean> =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > ageMs,
    () => false,
  );
