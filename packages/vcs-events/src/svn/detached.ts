import type { Commit } from '../commit.ts';

/**
 * A commit whose texts are its own. Those of others are parts of the chunk they were read from, of which each would keep
 * the whole in memory: no matter when all are kept, but when one of thousands is.
 */
export function detached(commit: Commit): Commit {
  const { author, message, files, merged } = commit;
  const own = { ...author, name: copy(author.name) };
  return {
    ...commit,
    author: own,
    committer: own,
    message: copy(message),
    ...(files === undefined ? undefined : { files: files.map((file) => ({ ...file, path: copy(file.path) })) }),
    ...(merged === undefined ? undefined : { merged: merged.map(detached) }),
  };
}

const copy = (text: string): string => Buffer.from(text).toString();
