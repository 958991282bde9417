import path from 'node:path';
import { runChild } from '../run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { hgCommand } from './hg-command.ts';

/** The first release that surely can leave a repository's configuration unread. */
const safeRelease: readonly [major: number, minor: number] = [5, 4];

/** Refuses a Mercurial that would run what the repository's configuration names. */
export async function checkRelease(directory: string, signal: AbortSignal): Promise<void> {
  // Not run in the repository: it would read that configuration now.
  const answer = await runChild(hgCommand(['version', '-q'], path.parse(directory).root), signal);
  signal.throwIfAborted();
  const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(answer) ?? [];
  const [safeMajor, safeMinor] = safeRelease;
  if (Number(major) > safeMajor || (Number(major) === safeMajor && Number(minor) >= safeMinor)) return;
  const fault = `Mercurial ${major}.${minor} would run what ${directory}/.hg/hgrc names`;
  const cure = `install ${safeRelease.join('.')} or newer, or read a clone`;
  throw new VcsEventsError('ERR_VCS_EVENTS_FAILED', fault, { value: directory, cure });
}
