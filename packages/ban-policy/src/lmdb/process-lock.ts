import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BanPolicyError } from '../ban-policy-error.ts';

const name = 'owner';

/**
 * Keeps a folder for one process: a file `owner` in it says which. What a dead process left is taken over; a process is
 * told from a later one of the same number by its start time and the machine's boot, where the system says them.
 */
export class ProcessLock {
  static readonly #held = new Set<string>();
  readonly #file: string;
  #isInherited = false;

  /** @throws BanPolicyError `ERR_BAN_POLICY_STORE_LOCKED` naming the process that has the folder */
  constructor(folder: string) {
    this.#file = path.join(folder, name);
    if (ProcessLock.#held.has(this.#file)) throw lockedBy(process.pid, folder);
    const own = `${this.#file}.${process.pid}`;
    rmSync(own, { force: true });
    writeFileSync(own, JSON.stringify(identityOf(process.pid)), { mode: 0o600, flag: 'wx' });
    try {
      this.#take(own, folder);
    } finally {
      rmSync(own, { force: true });
    }
    ProcessLock.#held.add(this.#file);
  }

  /** Whether the process that had the folder before ended without giving it back. */
  get isInherited(): boolean {
    return this.#isInherited;
  }

  release(): void {
    if (ProcessLock.#held.delete(this.#file)) rmSync(this.#file, { force: true });
  }

  /** A link is made only where there is no file: of two processes that want the folder, one gets it. */
  #take(own: string, folder: string): void {
    for (let tries = 0; ; tries += 1) {
      try {
        linkSync(own, this.#file);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 10) throw error;
      }
      const owner = ownerOf(this.#file);
      if (owner !== undefined && isAlive(owner)) throw lockedBy(owner.pid, folder);
      this.#removeStale(owner);
      this.#isInherited = true;
    }
  }

  /** Moved before it is removed, and looked at again: another process may have taken it over in between. */
  #removeStale(stale: Owner | undefined): void {
    const aside = `${this.#file}.${process.pid}.stale`;
    try {
      renameSync(this.#file, aside);
    } catch {
      return;
    }
    const moved = ownerOf(aside);
    if (moved !== undefined && JSON.stringify(moved) !== JSON.stringify(stale)) linkSync(aside, this.#file);
    rmSync(aside, { force: true });
  }
}

interface Owner {
  readonly pid: number;
  /** Boot of the machine and start of the process since; empty where the system does not say. */
  readonly started: string;
}

function identityOf(pid: number): Owner {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the 22nd field is the 20th behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and that nobody has asked about yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return { pid, started: 'ended' };
    return { pid, started: `${boot} ${fields[19]}` };
  } catch {
    return { pid, started: '' };
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = identityOf(pid).started;
  return now === '' || started === '' || now === started;
}

function ownerOf(file: string): Owner | undefined {
  try {
    const { pid, started }: Partial<Owner> = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && typeof started === 'string' ? { pid: pid as number, started } : undefined;
  } catch {
    return undefined;
  }
}

const lockedBy = (pid: number, file: string): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_STORE_LOCKED', `the state is in use by process ${pid}`, {
    file,
    value: pid,
    cure: 'stop that process first, or choose another folder',
  });
