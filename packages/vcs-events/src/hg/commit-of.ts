import type { ActivitySource } from '@sluice/pipeline';
import type { Commit, Signature } from '../commit.ts';
import type { Reports } from '../reports.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { userOf } from './user-of.ts';

/** What `hg log` writes of each changeset, one JSON object in ASCII a line. */
export const logTemplate = (withFiles: boolean): string =>
  `{dict(node=node,p1=p1.node,p2=p2.node,user=user,date=date,desc=desc,branch=branch${withFiles ? ',files=files' : ''})|json}\\n`;

interface HgRecord {
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

const nullNode = /^0+$/;
const maxTimeMs = 8.64e15;
const maxZoneMinutes = 14 * 60;

/** The changeset on one line of the log. What cannot be read is reported and left out. */
export function commitOf(line: string, repository: ActivitySource, reports: Reports): Commit {
  const { node, p1, p2, user, date, desc, branch, files } = parse(line);
  let isDamaged = false;
  // Mercurial writes a byte that is not UTF-8 as half of a surrogate pair.
  const whole = (text: string): string => {
    if (!/\p{Surrogate}/u.test(text)) return text;
    isDamaged = true;
    return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  };
  const author: Signature = { ...userOf(whole(user)), ...dateOf(date) };
  const commit = {
    repository,
    id: node,
    parents: [p1, p2].filter((parent) => !nullNode.test(parent)),
    author,
    committer: author,
    message: whole(desc),
    branch: whole(branch),
    ...(files === undefined ? undefined : { files: files.map((path) => ({ path: whole(path) })) }),
  };
  if (isDamaged) reports.add('ERR_VCS_EVENTS_TEXT', `changeset ${node} has bytes that are not UTF-8`, node);
  if (author.rawDate !== undefined) {
    reports.add('ERR_VCS_EVENTS_DATE', `changeset ${node} has the date ${author.rawDate}, which cannot be read`, node);
  }
  return commit;
}

function dateOf([seconds, westSeconds]: HgRecord['date']): Pick<Signature, 'timeMs' | 'tzMinutes' | 'rawDate'> {
  const timeMs = Math.round(seconds * 1000);
  // Mercurial counts west, and 0 must not become -0.
  const tzMinutes = Math.round(-westSeconds / 60) + 0;
  const rawDate = `${seconds} ${westSeconds}`;
  if (Math.abs(timeMs) > maxTimeMs) return { rawDate };
  return Math.abs(tzMinutes) > maxZoneMinutes ? { timeMs, rawDate } : { timeMs, tzMinutes };
}

function parse(line: string): HgRecord {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (cause) {
    throw unexpected(line, cause);
  }
  if (!isRecord(record)) throw unexpected(line);
  return record;
}

function isRecord(value: unknown): value is HgRecord {
  if (typeof value !== 'object' || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const isText = (text: unknown): boolean => typeof text === 'string';
  const date = field('date');
  const files = field('files');
  return (
    ['node', 'p1', 'p2', 'user', 'desc', 'branch'].map(field).every(isText) &&
    Array.isArray(date) &&
    date.length === 2 &&
    date.every(Number.isFinite) &&
    (files === undefined || (Array.isArray(files) && files.every(isText)))
  );
}

const unexpected = (line: string, cause?: unknown): VcsEventsError =>
  new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log wrote a line that is no changeset', {
    value: line.slice(0, 200),
    cause,
  });
