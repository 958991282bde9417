import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import type { Reports } from '../reports.ts';
import { directoryFaultOf, type Fault, isAbsence, symlink } from './fault-of.ts';
import { forPeople, forSystem } from './file-path.ts';
import { folderName } from './folder-name.ts';
import type { MailFolder } from './mail-folder.ts';
import { withDirectory } from './open-directory.ts';

/** Folders within folders are made by no program beyond a level or two: Maildir++ writes the hierarchy into the name. */
const maxDepth = 16;

const isFolderName = (name: string): boolean => name.startsWith('.') && name !== '.' && name !== '..';

/** Whether the name leads to a directory by a link. */
function isLinkedDirectory(path: string): boolean {
  try {
    return lstatSync(forSystem(path)).isSymbolicLink() && statSync(forSystem(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * The folders of a Maildir: the top, and those of Maildir++ (`.Sent`, `.Archive.2010`), in the order of their names. A
 * folder has a `cur` or a `new`; other files and directories (indexes, control files, `maildirfolder`) are none of ours.
 * Symbolic links are reported and not followed.
 *
 * @param root path of bytes
 * @throws what `node:fs` throws when the root itself cannot be listed
 */
export function findFolders(root: string, reports: Reports): MailFolder[] {
  const folders: MailFolder[] = [];

  const pathOf = (directories: readonly string[]): string => [root, ...directories].join('/');
  const tell = (directories: readonly string[], { code, reason }: Fault): void =>
    reports.flawOnce(code, reason, forPeople(pathOf(directories)));

  const list = (directories: readonly string[]): Dirent[] => {
    try {
      return withDirectory(root, directories, ({ prefix }) => {
        const entries = readdirSync(prefix, { withFileTypes: true, encoding: 'latin1' });
        for (const { name } of entries.filter((entry) => entry.isSymbolicLink() && isFolderName(entry.name)))
          if (isLinkedDirectory(prefix + name)) tell([...directories, name], symlink);
        return entries;
      });
    } catch (error) {
      if (directories.length === 0) throw error;
      if (!isAbsence(error)) tell(directories, directoryFaultOf(error, pathOf(directories)));
      return [];
    }
  };

  const visit = (directories: readonly string[]): void => {
    const entries = list(directories);
    const name = folderName(directories);
    if (entries.some((entry) => entry.name === 'cur' || entry.name === 'new'))
      folders.push({ directories, name, source: { kind: 'mail', id: 'mail', label: name } });
    else if (directories.length > 0) return;
    if (directories.length === maxDepth) return;
    const below = entries.filter((entry) => entry.isDirectory() && isFolderName(entry.name)).map((entry) => entry.name);
    for (const each of below.sort()) visit([...directories, each]);
  };

  visit([]);
  return folders;
}
