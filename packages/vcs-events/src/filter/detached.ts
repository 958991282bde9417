import type { Commit, FileChange, Signature } from '../commit.ts';

/**
 * A commit whose texts are its own. Those of others are parts of the chunk they were read from, of which each would keep
 * the whole in memory: no matter when all are kept, but when one of thousands is.
 */
export function detached(commit: Commit): Commit {
  const { id, parents, author, committer, message, files, merged } = commit;
  const own = ownSignature(author);
  return {
    ...commit,
    id: copy(id),
    parents: parents.map(copy),
    author: own,
    committer: committer === author ? own : ownSignature(committer),
    message: copy(message),
    ...(files === undefined ? undefined : { files: files.map(ownChange) }),
    ...(merged === undefined ? undefined : { merged: merged.map(detached) }),
  };
}

const ownSignature = (signature: Signature): Signature => {
  const { name, email, rawDate } = signature;
  const date = rawDate === undefined ? undefined : { rawDate: copy(rawDate) };
  return { ...signature, name: copy(name), email: copy(email), ...date };
};

const ownChange = (change: FileChange): FileChange => {
  const from = change.from === undefined ? undefined : { from: copy(change.from) };
  return { ...change, path: copy(change.path), ...from };
};

const copy = (text: string): string => Buffer.from(text).toString();
