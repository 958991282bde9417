import type { ActivitySource } from '@sluice/pipeline';
import type { Commit, FileAction, FileChange, Signature } from '../commit.ts';
import type { Reports } from '../reports.ts';
import { branchOf } from './branch-of.ts';
import type { SvnLogEntry, SvnLogPath } from './log-entry.ts';
import { parseDate } from './parse-date.ts';

export interface CommitContext {
  readonly repository: ActivitySource;
  /** Where the folders of the branches are, see `layoutRoot`. */
  readonly layoutRoot: string;
  readonly reports: Reports;
}

const actions: ReadonlyMap<string, FileAction> = new Map([
  ['A', 'added'],
  ['M', 'modified'],
  ['D', 'deleted'],
  ['R', 'replaced'],
]);

/** A revision as a commit, with those that it merged. What cannot be read is reported and left out. */
export function commitOf(entry: SvnLogEntry, context: CommitContext): Commit {
  const { revision, message = '', paths, merged, isDamaged } = entry;
  const id = String(revision);
  if (isDamaged) context.reports.add('ERR_VCS_EVENTS_TEXT', `revision ${id} has bytes that are not UTF-8`, id);
  const author = signatureOf(entry, context.reports);
  const branch = paths === undefined ? undefined : branchOf(paths, context.layoutRoot);
  return {
    repository: context.repository,
    id,
    parents: [],
    author,
    committer: author,
    message,
    ...(branch === undefined ? undefined : { branch }),
    ...(paths === undefined ? undefined : { files: paths.map(fileOf) }),
    ...(merged === undefined ? undefined : { merged: merged.map((each) => commitOf(each, context)) }),
  };
}

function signatureOf({ revision, author: name = '', date }: SvnLogEntry, reports: Reports): Signature {
  if (date === undefined) return { name, email: '' };
  const timeMs = parseDate(date);
  if (timeMs !== undefined) return { name, email: '', timeMs };
  const reason = `revision ${revision} has the date ${JSON.stringify(date)}, which cannot be read`;
  reports.add('ERR_VCS_EVENTS_DATE', reason, String(revision));
  return { name, email: '', rawDate: date };
}

function fileOf({ path, action: letter, copyFromPath, copyFromRevision }: SvnLogPath): FileChange {
  const action = letter === 'A' && copyFromPath !== undefined ? 'copied' : actions.get(letter);
  return {
    path,
    ...(action === undefined ? undefined : { action }),
    ...(copyFromPath === undefined ? undefined : { from: copyFromPath }),
    ...(copyFromRevision === undefined ? undefined : { fromRevision: copyFromRevision }),
  };
}
