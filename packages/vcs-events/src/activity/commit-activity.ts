import type { Activity, ActivityAuthor } from '@sluice/pipeline';
import type { Commit, Signature } from '../commit.ts';
import type { ActivityOptions } from './options.ts';

type Draft = { -readonly [Key in keyof Activity]: Activity[Key] };

/**
 * A commit as what somebody did at its author date; undefined when it has none.
 *
 * - `uid`: `<object name>@git`, `r<revision>@<the repository's UUID>`, `<node>@hg`: the same in every clone.
 * - `title`: the message's first line, of Subversion after `r<revision>`; `(no message)` where there is none.
 * - `text`: the author, of Subversion with a colon; a blank line; the message.
 * - `recordedMs`: the committer date, where it is another one.
 */
export function commitActivity(commit: Commit, options: ActivityOptions = {}): Activity | undefined {
  const { repository, id, author, committer } = commit;
  const { timeMs, tzMinutes } = author;
  if (timeMs === undefined) return undefined;
  // Made property by property: of a long history, this is a good part of what a calendar costs.
  const activity: Draft = {
    uid: `${revisionOf(commit)}@${repository.id}`,
    source: repository,
    startMs: timeMs,
    title: options.title?.(commit) ?? titleOf(commit),
    text: textOf(commit),
  };
  if (tzMinutes !== undefined) activity.tzMinutes = tzMinutes;
  if (committer.timeMs !== undefined && committer.timeMs !== timeMs) activity.recordedMs = committer.timeMs;
  const who = authorOf(author);
  if (who !== undefined) activity.author = who;
  if (repository.label !== undefined) activity.categories = [repository.label];
  if (options.link !== undefined) activity.url = options.link.replaceAll('{id}', () => encodeURIComponent(id));
  return activity;
}

const revisionOf = ({ repository, id }: Commit): string => (repository.kind === 'svn' ? `r${id}` : id);

function titleOf(commit: Commit): string {
  const title = /\S.*/.exec(commit.message)?.[0].trimEnd() ?? '(no message)';
  return commit.repository.kind === 'svn' ? `${revisionOf(commit)} ${title}` : title;
}

function textOf({ repository, author, message }: Commit): string {
  const name = author.name === '' ? author.email : author.name;
  const heading = repository.kind === 'svn' ? `${name === '' ? '(no author)' : name}:` : name;
  const body = message.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
  return heading === '' || body === '' ? heading + body : `${heading}\n\n${body}`;
}

function authorOf({ name, email }: Signature): ActivityAuthor | undefined {
  if (name === '') return email === '' ? undefined : { email };
  return email === '' ? { name } : { name, email };
}
