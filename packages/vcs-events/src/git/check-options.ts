import path from 'node:path';
import { check } from '../check.ts';
import { checkReadOptions } from '../read-options-check.ts';
import { type GitAddress, labelOf, parseGitAddress } from './git-address.ts';
import type { GitOptions } from './options.ts';

/** What a caller's `repository` means. */
export interface GitPlace {
  /** Absolute, or an address without secrets; for messages. */
  readonly name: string;
  readonly label: string;
  /** Only for a remote repository. */
  readonly remote?: { readonly address: GitAddress; readonly cacheDirectory: string };
}

/** Throws `ERR_VCS_EVENTS_OPTION` for a repository that is not to be opened or an option that does not fit. */
export function checkGitOptions(repository: string, options: GitOptions): GitPlace {
  check.text('repository', repository);
  checkReadOptions(options, 'git');
  checkSelection(options);
  const address = parseGitAddress(repository);
  if (address === undefined) {
    const folder = path.resolve(repository);
    return { name: folder, label: options.label ?? labelOf(folder) };
  }
  const { files, lines, paths, cacheDirectory } = options;
  const isWanted = files === true || lines === true || paths !== undefined;
  // Files of a remote repository are not fetched.
  if (isWanted) throw check.bad('repository', 'local for files, lines and paths: clone it first', address.url);
  if (cacheDirectory === undefined)
    throw check.bad('cacheDirectory', 'a folder for a remote repository', cacheDirectory);
  return {
    name: address.url,
    label: options.label ?? address.label,
    remote: { address, cacheDirectory: check.text('cacheDirectory', cacheDirectory) },
  };
}

function checkSelection({ revisions, branch, paths }: GitOptions): void {
  for (const revision of check.texts('revisions', revisions) ?? []) checkRevision('revisions', revision);
  if (branch !== undefined) {
    checkRevision('branch', check.text('branch', branch));
    if (/[*?[\\^:~ ]/.test(branch)) throw check.bad('branch', 'the name of one branch', branch);
    if (revisions !== undefined) throw check.bad('branch', 'absent where revisions are given', branch);
  }
  for (const wanted of paths ?? []) {
    if (wanted.split('/').includes('..')) throw check.bad('paths', "paths without '..'", wanted);
  }
}

/** A revision must not be taken for an option, nor end a line of Git's input. */
function checkRevision(option: string, revision: string): void {
  if (revision.startsWith('-') || /\p{Cc}/u.test(revision)) {
    throw check.bad(option, 'a revision, which begins with no dash', revision);
  }
}
