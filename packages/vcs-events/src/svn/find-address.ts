import { stat } from 'node:fs/promises';
import path from 'node:path';
import { runChild } from '../run-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import type { SvnPlace } from './check-options.ts';
import { fileAddress, parseSvnAddress, shown } from './svn-address.ts';
import { svnCommand } from './svn-command.ts';

/** The address to read: of a folder that of the repository in it, or what a working copy was checked out from. */
export async function findAddress({ address, folder = '' }: SvnPlace, signal: AbortSignal): Promise<string> {
  if (address !== undefined) return address;
  if (!(await isFolder(folder))) {
    throw new VcsEventsError('ERR_VCS_EVENTS_NO_REPOSITORY', `there is no folder ${folder}`, { value: folder });
  }
  if (await isFolder(path.join(folder, 'db'))) return fileAddress(folder);
  // Run in the folder: its path, whatever characters it has, is no argument. This asks no server.
  const answer = await runChild(svnCommand(['info', '--show-item', 'url', '--', '.'], { cwd: folder }), signal);
  const origin = answer.trim();
  // A working copy may be somebody else's: its address is treated like one that was given.
  const parsed = parseSvnAddress(origin);
  if (parsed !== undefined) return parsed;
  const fault = `${folder} was not checked out from an address that can be read: ${shown(origin)}`;
  throw new VcsEventsError('ERR_VCS_EVENTS_NO_REPOSITORY', fault, { value: folder });
}

const isFolder = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
