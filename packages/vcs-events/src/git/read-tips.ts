import { ChildFailure } from '@sluice/pipeline/node';
import type { Reports } from '../reports.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { askGit } from './ask-git.ts';
import { listRefs } from './list-refs.ts';
import type { GitOptions } from './options.ts';

/** What a repository's branches, or the revisions asked for, are at one moment. */
export interface Tips {
  /** Object name by ref or revision; several with a blank between them where a revision means several. */
  readonly heads: ReadonlyMap<string, string>;
  /** Object names whose histories are left out: of `v1.0..main` that of `v1.0`. */
  readonly excluded: readonly string[];
  /** A revision or branch that was asked for and is not there. */
  readonly missing?: string;
}

/** Reads them. */
export function readTips(directory: string, options: GitOptions, reports: Reports, signal: AbortSignal): Promise<Tips> {
  const { revisions, branch } = options;
  if (revisions !== undefined) return readRevisions(directory, revisions, signal);
  return branch === undefined
    ? readBranches(directory, reports, signal)
    : readBranch(directory, branch, reports, signal);
}

/** Throws for tips of which one is missing, unless the repository is empty: there is nothing then to be wrong about. */
export async function checkTips({ missing }: Tips, directory: string, signal: AbortSignal): Promise<void> {
  if (missing === undefined) return;
  if ((await askGit(directory, ['for-each-ref', '--count=1', '--format=%(refname)'], signal)) === '') return;
  const fault = `${directory} has no branch or commit ${JSON.stringify(missing)}`;
  throw new VcsEventsError('ERR_VCS_EVENTS_REVISION', fault, { value: missing });
}

/** All branches, and HEAD where it is on none of them. */
async function readBranches(directory: string, reports: Reports, signal: AbortSignal): Promise<Tips> {
  const { heads, hasHead } = await listRefs(directory, 'refs/heads', reports, signal);
  const head = hasHead ? '' : await commitOf(directory, 'HEAD', signal);
  return { heads: head === '' ? heads : new Map([...heads, ['HEAD', head]]), excluded: [] };
}

async function readBranch(directory: string, branch: string, reports: Reports, signal: AbortSignal): Promise<Tips> {
  const ref = branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
  const id = (await listRefs(directory, ref, reports, signal)).heads.get(ref);
  return id === undefined
    ? { heads: new Map(), excluded: [], missing: branch }
    : { heads: new Map([[ref, id]]), excluded: [] };
}

async function readRevisions(directory: string, revisions: readonly string[], signal: AbortSignal): Promise<Tips> {
  const heads = new Map<string, string>();
  const excluded: string[] = [];
  let missing: string | undefined;
  for (const revision of revisions) {
    const names = await resolve(directory, revision, signal);
    const commits = await Promise.all(
      names.filter((name) => !name.startsWith('^')).map((name) => commitOf(directory, name, signal)),
    );
    excluded.push(...names.filter((name) => name.startsWith('^')).map((name) => name.slice(1)));
    if (names.length === 0 || commits.includes('')) missing ??= revision;
    else if (commits.length > 0) heads.set(revision, commits.join(' '));
  }
  return missing === undefined ? { heads, excluded } : { heads, excluded, missing };
}

/** The object names that a revision means, those to be left out with `^`; none when it means nothing. */
async function resolve(directory: string, revision: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const answer = await askGit(directory, ['rev-parse', '--revs-only', revision, '--'], signal);
    return answer.split('\n').filter((name) => name !== '');
  } catch (error) {
    if (error instanceof ChildFailure && /bad revision|no upstream|no such branch/.test(error.stderr)) return [];
    throw error;
  }
}

/** The commit that a name means; empty when there is none, as HEAD has none in an empty repository. */
async function commitOf(directory: string, name: string, signal: AbortSignal): Promise<string> {
  const input = `${name}^{commit}\n`;
  const answer = await askGit(directory, ['cat-file', '--batch-check=%(objectname)'], signal, { input });
  return /^[0-9a-f]+$/.exec(answer.trim())?.[0] ?? '';
}
