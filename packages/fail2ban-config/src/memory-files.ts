import type { ConfigFiles } from './config-files.ts';

/**
 * A configuration folder that is held in memory, for tests and for checking a configuration before it is written.
 * @param files texts by path
 */
export function memoryFiles(files: Readonly<Record<string, string>>): ConfigFiles {
  const texts = new Map(Object.entries(files));
  return {
    read: (path) => texts.get(path),
    list: (dir) =>
      [...texts.keys()]
        .filter((path) => path.startsWith(`${dir}/`))
        .map((path) => path.slice(dir.length + 1))
        .filter((name) => !name.includes('/')),
  };
}
