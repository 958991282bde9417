import path from 'node:path';
import { badOption, textOption, textsOption } from '../option-check.ts';
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
  textOption('repository', repository);
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
  if (isWanted) throw badOption('repository', 'local for files, lines and paths: clone it first', address.url);
  if (cacheDirectory === undefined)
    throw badOption('cacheDirectory', 'a folder for a remote repository', cacheDirectory);
  return {
    name: address.url,
    label: options.label ?? address.label,
    remote: { address, cacheDirectory: textOption('cacheDirectory', cacheDirectory) },
  };
}

function checkSelection({ revisions, branch, paths }: GitOptions): void {
  for (const revision of textsOption('revisions', revisions) ?? []) checkRevision('revisions', revision);
  if (branch !== undefined) {
    checkRevision('branch', textOption('branch', branch));
    if (/[*?[\\^:~ ]/.test(branch)) throw badOption('branch', 'the name of one branch', branch);
    if (revisions !== undefined) throw badOption('branch', 'absent where revisions are given', branch);
  }
  for (const wanted of paths ?? []) {
    if (wanted.split('/').includes('..')) throw badOption('paths', "paths without '..'", wanted);
  }
}

/** A revision must not be taken for an option, nor end a line of Git's input. */
function checkRevision(option: string, revision: string): void {
  if (revision.startsWith('-') || /\p{Cc}/u.test(revision)) {
    throw badOption(option, 'a revision, which begins with no dash', revision);
  }
}
