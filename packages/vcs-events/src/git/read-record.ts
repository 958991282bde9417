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
  const [, parents = '', name = '', email = '', date = '', name2 = '', email2 = '', date2 = '', message = ''] =
    tokens.slice(at, at + recordTokens);
  const author = signature(name, email, date);
  const isSame = name === name2 && email === email2 && date === date2;
  const commit = {
    repository,
    id: first.slice(1),
    parents: parents === '' ? noParents : parents.split(' '),
    author,
    committer: isSame ? author : signature(name2, email2, date2),
    message,
  };
  return branch === undefined ? commit : { ...commit, branch };
}

const signature = (name: string, email: string, date: string): Signature => ({ name, email, ...parseDate(date) });

const desync = (token: string): VcsEventsError => {
  const value = token.slice(0, 100);
  const fault = `git log wrote ${JSON.stringify(value)} where a commit is expected to begin or end`;
  return new VcsEventsError('ERR_VCS_EVENTS_FORMAT', fault, { value });
};
