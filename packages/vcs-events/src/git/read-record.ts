import type { ActivitySource } from '@sluice/pipeline';
import type { Commit, Signature } from '../commit.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { parseDate } from './parse-date.ts';

/** What `git log -z` is asked for: `x01` begins a record, NUL ends each of its nine fields. */
export const logFormat = '%x01%H%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B%x00';

/** The fields, and the empty token that the NUL of `-z` makes after them. */
export const recordTokens = 10;

const noParents: readonly string[] = [];

/** The commit whose tokens begin at `at`, without its paths; undefined while they are not all there. */
export function readRecord(
  tokens: readonly string[],
  at: number,
  { repository, branch }: { readonly repository: ActivitySource; readonly branch?: string | undefined },
): Commit | undefined {
  const first = tokens[at];
  if (first === undefined) return undefined;
  if (!first.startsWith('\x01')) throw desync(first);
  const end = tokens[at + recordTokens - 1];
  if (end === undefined) return undefined;
  if (end !== '') throw desync(end);
  const parents = tokens[at + 1] ?? '';
  const [name, email, date] = [tokens[at + 2] ?? '', tokens[at + 3] ?? '', tokens[at + 4] ?? ''];
  const author = signature(name, email, date);
  const isSame = tokens[at + 5] === name && tokens[at + 6] === email && tokens[at + 7] === date;
  const commit = {
    repository,
    id: first.slice(1),
    parents: parents === '' ? noParents : parents.split(' '),
    author,
    committer: isSame ? author : signature(tokens[at + 5] ?? '', tokens[at + 6] ?? '', tokens[at + 7] ?? ''),
    message: tokens[at + 8] ?? '',
  };
  return branch === undefined ? commit : { ...commit, branch };
}

function signature(name: string, email: string, date: string): Signature {
  const { timeMs, tzMinutes, rawDate } = parseDate(date);
  // Nearly all signatures; a literal is made faster than a spread one.
  if (timeMs !== undefined && tzMinutes !== undefined) return { name, email, timeMs, tzMinutes };
  return { name, email, ...(timeMs === undefined ? {} : { timeMs }), ...(rawDate === undefined ? {} : { rawDate }) };
}

const desync = (token: string): VcsEventsError => {
  const value = token.slice(0, 100);
  const fault = `git log wrote ${JSON.stringify(value)} where a commit is expected to begin or end`;
  return new VcsEventsError('ERR_VCS_EVENTS_FORMAT', fault, { value });
};
