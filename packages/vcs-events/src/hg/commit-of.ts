import type { ActivitySource } from '@sluice/pipeline';
import type { Commit } from '../commit.ts';
import type { Reports } from '../reports.ts';
import type { Changeset } from './changeset.ts';
import { dateOf } from './date-of.ts';
import { userOf } from './user-of.ts';

const nullNode = /^0+$/;

/**
 * A changeset as a commit. What cannot be read is reported and left out.
 *
 * @param isDamaged whether its texts have U+FFFD for bytes that are not UTF-8
 */
export function commitOf(
  { node, p1, p2, user, date, desc, branch, files }: Changeset,
  isDamaged: boolean,
  repository: ActivitySource,
  reports: Reports,
): Commit {
  const author = { ...userOf(user), ...dateOf(date) };
  const paths = files?.map(wellFormed);
  if (isDamaged || paths?.some((path, at) => path !== files?.[at]) === true) {
    reports.add('ERR_VCS_EVENTS_TEXT', `changeset ${node} has bytes that are not UTF-8`, node);
  }
  if (author.rawDate !== undefined) {
    const reason = `changeset ${node} has the date ${author.rawDate}, which cannot be read as a whole`;
    reports.add('ERR_VCS_EVENTS_DATE', reason, node);
  }
  return {
    repository,
    id: node,
    parents: [p1, p2].filter((parent) => !nullNode.test(parent)),
    author,
    committer: author,
    message: desc,
    branch,
    ...(paths === undefined ? undefined : { files: paths.map((path) => ({ path })) }),
  };
}

/** Of a path, Mercurial writes each byte that is not UTF-8 as half of a surrogate pair. */
const wellFormed = (path: string): string => path.replaceAll(/\p{Surrogate}/gu, '\ufffd');
