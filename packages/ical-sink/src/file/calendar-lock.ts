import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { IcalSinkError } from '../ical-sink-error.ts';
import { fileError } from './file-error.ts';
import { isAlive } from './is-alive.ts';

const retryMs = 25;
/** A holder renews its lock much more often than this. */
const staleMs = 120_000;
const renewMs = 20_000;

/**
 * The right to change a calendar's files, held by at most one at a time on all machines that see the folder.
 *
 * It is a file that names its holder. One whose holder's process is gone, or that was not renewed for two minutes, is taken
 * over. Held only while files are rewritten, not while activities are awaited.
 */
export class CalendarLock {
  readonly #path: string;
  readonly #content: string;
  readonly #renewal: NodeJS.Timeout;

  private constructor(path: string, content: string) {
    this.#path = path;
    this.#content = content;
    this.#renewal = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), renewMs).unref();
  }

  /**
   * Waits for the right.
   *
   * @throws IcalSinkError `ERR_ICAL_SINK_LOCKED` after `timeoutMs`, `ERR_ICAL_SINK_FILE`; the reason of `signal` when it aborts
   */
  static async take(path: string, timeoutMs: number, signal?: AbortSignal): Promise<CalendarLock> {
    const content = `${process.pid} ${hostname()} ${randomBytes(8).toString('hex')}\n`;
    const untilMs = performance.now() + timeoutMs;
    for (;;) {
      signal?.throwIfAborted();
      if (await create(path, content)) return new CalendarLock(path, content);
      if (await removeStale(path)) continue;
      if (performance.now() >= untilMs) throw await locked(path, timeoutMs);
      await sleep(retryMs, undefined, { signal });
    }
  }

  /** Whether it is still ours: a process that was stopped for minutes may have lost it. */
  async isHeld(): Promise<boolean> {
    return (await contentOf(this.#path)) === this.#content;
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    if (await this.isHeld()) await rm(this.#path, { force: true });
  }
}

/** Makes the lock with its content in one step. False when there is one. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, content, { flag: 'wx', mode: 0o644 });
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError(error, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw fileError(error, path);
  });
}

/** Removes the lock if its holder is gone. True when there is none any more. */
async function removeStale(path: string): Promise<boolean> {
  const content = await contentOf(path);
  if (content === undefined) return true;
  if (!(await isStale(path, content))) return false;
  // Whoever moves it away has it alone. It may have become somebody's lock in between: then it goes back.
  const aside = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    if ((await contentOf(aside)) !== content) await link(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw fileError(error, path);
  } finally {
    await rm(aside, { force: true });
  }
  return true;
}

async function isStale(path: string, content: string): Promise<boolean> {
  const [pid, host] = content.trim().split(' ');
  if (host === hostname() && /^\d{1,10}$/.test(pid ?? '') && !isAlive(Number(pid))) return true;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > staleMs;
}

async function locked(path: string, timeoutMs: number): Promise<IcalSinkError> {
  const holder = (await contentOf(path))?.split(' ')[0];
  const fault = `another process${holder === undefined ? '' : ` (${holder.slice(0, 20)})`} has been writing for ${timeoutMs} ms`;
  const cure = 'wait for it, or remove the file if no such process is there';
  return new IcalSinkError('ERR_ICAL_SINK_LOCKED', fault, { file: path, cure, limit: timeoutMs });
}
