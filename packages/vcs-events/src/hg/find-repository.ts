import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runChild } from '../process/run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { hgCommand } from './hg-command.ts';

/** Where a repository keeps what. */
export interface HgRepository {
  /** Top of the working directory, absolute; Mercurial runs there. */
  readonly directory: string;
  /** Holds the history; of a share that of its source. */
  readonly store: string;
}

/** The first release that surely can leave a repository's configuration unread. */
const safeRelease: readonly [major: number, minor: number] = [5, 4];

/** Finds the repository at or above a folder. */
export async function findRepository(folder: string, signal: AbortSignal): Promise<HgRepository> {
  const directory = await findUpwards(folder);
  if (directory === undefined) {
    const fault = `there is no Mercurial repository at or above ${folder}`;
    throw new VcsEventsError('ERR_VCS_EVENTS_NO_REPOSITORY', fault, { value: folder });
  }
  const own = path.join(directory, '.hg');
  const shared = await readFile(path.join(own, 'sharedpath'), 'utf8').catch(() => undefined);
  const isConfigured = await anyExists(own, ['hgrc', 'hgrc-not-shared']);
  if (isConfigured || shared !== undefined) await checkRelease(directory, signal);
  return { directory, store: path.join(shared === undefined ? own : path.resolve(own, shared.trimEnd()), 'store') };
}

async function findUpwards(folder: string): Promise<string | undefined> {
  const top = path.dirname(folder);
  if (await anyExists(folder, ['.hg'])) return folder;
  return top === folder ? undefined : findUpwards(top);
}

async function anyExists(folder: string, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return found.some((stats) => stats !== undefined);
}

/** Refuses a Mercurial that would run what the repository's configuration names. */
async function checkRelease(directory: string, signal: AbortSignal): Promise<void> {
  // Not run in the repository: it would read that configuration now.
  const answer = await runChild(hgCommand(['version', '-q'], os.tmpdir()), signal);
  signal.throwIfAborted();
  const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(answer) ?? [];
  const [safeMajor, safeMinor] = safeRelease;
  if (Number(major) > safeMajor || (Number(major) === safeMajor && Number(minor) >= safeMinor)) return;
  const fault = `Mercurial ${major}.${minor} would run what ${directory}/.hg/hgrc names`;
  const cure = `install ${safeRelease.join('.')} or newer, or read a clone`;
  throw new VcsEventsError('ERR_VCS_EVENTS_FAILED', fault, { value: directory, cure });
}
