import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { VcsEventsError } from '../vcs-events-error.ts';
import { checkRelease } from './check-release.ts';

/** Where a repository keeps what. */
export interface HgRepository {
  /** Top of the working directory, absolute; Mercurial runs there. */
  readonly directory: string;
  /** Holds the history; of a share (`hg share`) that of its source. */
  readonly store: string;
}

/** Longer than any that Mercurial writes. */
const maxFileBytes = 1 << 16;

/** Finds the repository at or above a folder, as Mercurial does. */
export async function findRepository(folder: string, signal: AbortSignal): Promise<HgRepository> {
  const directory = (await isFolder(folder)) ? await findUpwards(folder) : undefined;
  if (directory === undefined) {
    const fault = `there is no Mercurial repository at or above ${folder}`;
    throw new VcsEventsError('ERR_VCS_EVENTS_NO_REPOSITORY', fault, { value: folder });
  }
  const own = path.join(directory, '.hg');
  const shared = await readShort(path.join(own, 'sharedpath'));
  await readShort(path.join(own, 'requires'));
  // A share that is kept in step with its source takes the source's configuration too.
  const isConfigured = (await exists(path.join(own, 'hgrc'))) || (await exists(path.join(own, 'hgrc-not-shared')));
  if (isConfigured || shared !== undefined) await checkRelease(directory, signal);
  const top = shared === undefined ? own : path.resolve(own, shared.trimEnd());
  const store = path.join(top, 'store');
  // Repositories of Mercurial before 0.9.2 have none.
  return { directory, store: (await isFolder(store)) ? store : top };
}

async function findUpwards(folder: string): Promise<string | undefined> {
  if (await isFolder(path.join(folder, '.hg'))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : findUpwards(above);
}

const isFolder = (name: string): Promise<boolean> =>
  stat(name).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

const exists = (name: string): Promise<boolean> =>
  stat(name).then(
    () => true,
    () => false,
  );

/** A small file's text; undefined when there is none. A pipe or a device would keep Mercurial, and us, for ever. */
async function readShort(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  if (stats.isFile() && stats.size <= maxFileBytes) return readFile(file, 'utf8');
  const fault = `${file} is no file as Mercurial writes it`;
  throw new VcsEventsError('ERR_VCS_EVENTS_NO_REPOSITORY', fault, { value: file });
}
