import type { Activity, ActivityAuthor } from '@sluice/pipeline';
import type { Commit } from '../commit.ts';
import type { ActivityOptions } from './options.ts';

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
  const isRecordedLater = committer.timeMs !== undefined && committer.timeMs !== timeMs;
  const who = authorOf(commit);
  return {
    uid: `${revisionOf(commit)}@${repository.id}`,
    source: repository,
    startMs: timeMs,
    ...(tzMinutes === undefined ? {} : { tzMinutes }),
    ...(isRecordedLater ? { recordedMs: committer.timeMs } : {}),
    title: options.title?.(commit) ?? titleOf(commit),
    text: textOf(commit),
    ...(who === undefined ? {} : { author: who }),
    ...(repository.label === undefined ? {} : { categories: [repository.label] }),
    ...(options.link === undefined ? {} : { url: options.link.replaceAll('{id}', () => encodeURIComponent(id)) }),
  };
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
  return [heading, body].filter((part) => part !== '').join('\n\n');
}

function authorOf({ author: { name, email } }: Commit): ActivityAuthor | undefined {
  if (name === '' && email === '') return undefined;
  return { ...(name === '' ? {} : { name }), ...(email === '' ? {} : { email }) };
}
