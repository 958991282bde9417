import { VcsEventsError } from '../vcs-events-error.ts';
import { isNode } from './revisions.ts';

/** What `hg log` writes of a changeset, see {@link changesetFields}. */
export interface Changeset {
  readonly node: string;
  readonly p1: string;
  readonly p2: string;
  readonly user: string;
  /** Seconds since the epoch, and how many the zone lies west of UTC. */
  readonly date: readonly [seconds: number, westSeconds: number];
  readonly desc: string;
  readonly branch: string;
  readonly files?: readonly string[];
}

/** What to ask Mercurial for. */
export const changesetFields = (withFiles: boolean): Readonly<Record<string, string>> => ({
  node: 'node',
  user: 'user',
  desc: 'desc',
  branch: 'branch',
  p1: 'p1.node',
  p2: 'p2.node',
  date: 'date',
  ...(withFiles ? { files: 'files' } : {}),
});

/** A record that has been checked to be one. */
export function changesetOf(record: unknown): Changeset {
  if (isChangeset(record)) return record;
  const details = { value: JSON.stringify(record)?.slice(0, 200) };
  throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log wrote a record that is no changeset', details);
}

function isChangeset(record: unknown): record is Changeset {
  if (typeof record !== 'object' || record === null) return false;
  const { node, p1, p2, user, desc, branch, date, files } = record as Record<keyof Changeset, unknown>;
  return (
    [node, p1, p2].every((id) => typeof id === 'string' && isNode(id)) &&
    [user, desc, branch].every(isText) &&
    Array.isArray(date) &&
    date.length === 2 &&
    date.every(Number.isFinite) &&
    (files === undefined || (Array.isArray(files) && files.every(isText)))
  );
}

const isText = (value: unknown): boolean => typeof value === 'string';
