import { readChild } from '@sluice/pipeline/node';
import type { Commit, Signature } from '../commit.ts';
import type { LogQuery } from '../log-query.ts';
import { defaultMaxCommitBytes } from '../max-commit-bytes.ts';
import { metricNames } from '../metrics.ts';
import type { Reports } from '../reports.ts';
import { readNameStatus, readNumstat } from './file-reader.ts';
import { gitCommand } from './git-command.ts';
import { LogParser } from './log-parser.ts';
import type { GitOptions } from './options.ts';
import { withRawDates } from './raw-dates.ts';
import { logFormat } from './read-record.ts';

/**
 * Commits that some of the object names reach and those with `^` before them do not, as `git log` gives them.
 *
 * @param names at least one without `^`
 */
export async function* readLog(
  { directory, repository, options, reports, progress }: LogQuery<GitOptions>,
  names: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly Commit[], void, undefined> {
  const parser = new LogParser({
    repository,
    branch: options.branch,
    readFile: options.lines === true ? readNumstat : options.files === true ? readNameStatus : undefined,
    maxCommitBytes: options.maxCommitBytes ?? defaultMaxCommitBytes,
    onInvalidText: (id) => reports.add('ERR_VCS_EVENTS_TEXT', `commit ${id} has bytes that are not UTF-8`, id),
  });
  const finish = async (read: Commit[]): Promise<readonly Commit[]> => {
    const commits = await withRawDates(directory, read, signal);
    for (const commit of commits) reportDates(commit, reports);
    progress.read(commits.length);
    return commits;
  };
  const command = gitCommand(directory, logArguments(options), { input: `${names.join('\n')}\n` });
  for await (const chunk of readChild(command, signal)) {
    options.metrics?.add(metricNames.bytes, chunk.length);
    const commits = parser.feed(chunk);
    if (commits.length > 0) yield await finish(commits);
  }
  signal.throwIfAborted();
  const last = parser.end();
  if (last.length > 0) yield await finish(last);
}

/** Arguments of `git log`; its input names the commits. */
export function logArguments(options: GitOptions): readonly string[] {
  return [
    'log',
    '-z',
    '--encoding=UTF-8',
    '--no-color',
    '--no-decorate',
    '--no-ext-diff',
    '--no-textconv',
    '--no-notes',
    '--date=raw',
    `--format=${logFormat}`,
    ...(options.lines === true ? ['--numstat'] : options.files === true ? ['--name-status'] : []),
    // An order of paths is read from any file, also one that never ends.
    ...(options.lines === true || options.files === true ? ['-O/dev/null'] : []),
    ...(options.order === 'newest-first' ? [] : ['--reverse']),
    ...selection(options),
  ];
}

/** What selects commits, the same for `git log` and `git rev-list`. */
export function selection({ paths }: GitOptions): readonly string[] {
  if (paths === undefined) return ['--stdin', '--'];
  const literal = paths.map((path) => `:(top,literal)${plainPath(path)}`);
  // Without --full-history commits of side branches that came to nothing are missing, without --full-diff other paths.
  // It adds the merges of what touches a path; as everywhere, a merge itself has no paths.
  return ['--full-history', '--no-merges', '--full-diff', '--stdin', '--', ...literal];
}

/** A path from the top, as Git compares it: `/src/./a/` is `src/a`. */
export const plainPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

function reportDates({ id, author, committer }: Commit, reports: Reports): void {
  const report = ({ rawDate }: Signature): void => {
    if (rawDate === undefined) return;
    const reason = `commit ${id} has the date ${JSON.stringify(rawDate)}, which cannot be read as a whole`;
    reports.add('ERR_VCS_EVENTS_DATE', reason, id);
  };
  report(author);
  if (committer.rawDate !== author.rawDate) report(committer);
}
