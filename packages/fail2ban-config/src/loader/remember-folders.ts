import { type ConfigFiles, folderOf } from '../config-files.ts';

/** Asks a folder once what is in it: most of the files that a configuration may have are not there. */
export function rememberFolders(files: ConfigFiles): ConfigFiles {
  const folders = new Map<string, readonly string[]>();
  const list = (dir: string): readonly string[] => {
    const names = folders.get(dir) ?? files.list(dir);
    folders.set(dir, names);
    return names;
  };
  const mayBeThere = (path: string): boolean => {
    try {
      return list(folderOf(path)).includes(path.slice(path.lastIndexOf('/') + 1));
    } catch {
      // A folder that may be entered and not listed.
      return true;
    }
  };
  return { list, read: (path) => (mayBeThere(path) ? files.read(path) : undefined) };
}
