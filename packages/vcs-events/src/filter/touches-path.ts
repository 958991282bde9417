import type { Commit } from '../commit.ts';

const trimmed = (path: string): string => path.replace(/^\/+/, '').replace(/\/+$/, '');

/**
 * Whether a commit changed one of these paths or something below them, or moved it from there. A leading slash means
 * nothing. A commit whose files were not read touches nothing.
 */
export function touchesPath(paths: readonly string[]): (commit: Commit) => boolean {
  const wanted = paths.map(trimmed);
  const isWanted = (path: string): boolean => {
    const changed = trimmed(path);
    return wanted.some((root) => root === '' || changed === root || changed.startsWith(`${root}/`));
  };
  return ({ files }) =>
    files?.some(({ path, from }) => isWanted(path) || (from !== undefined && isWanted(from))) === true;
}
