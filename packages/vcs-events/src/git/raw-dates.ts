import type { Commit, Signature } from '../commit.ts';
import { runChildBytes } from '../run-child.ts';
import { gitCommand } from './git-command.ts';
import { type GitDate, parseDate } from './parse-date.ts';

/** The dates in a commit object, absent where it has no such line. */
interface RawDates {
  readonly author?: GitDate;
  readonly committer?: GitDate;
}

/**
 * Commits with the dates that `git log` did not print, taken from the commit objects: it prints nothing for a year
 * before 1970, the epoch for a number that is too large, and any zone as a number.
 */
export async function withRawDates(directory: string, commits: Commit[], signal: AbortSignal): Promise<Commit[]> {
  const doubtful = commits.filter(({ author, committer }) => isDoubtful(author) || isDoubtful(committer));
  if (doubtful.length === 0) return commits;
  const input = doubtful.map(({ id }) => `${id}\n`).join('');
  // What git log printed of them was in bounds; what it did not print, as signatures, is in nobody's hands.
  const output = await runChildBytes(gitCommand(directory, ['cat-file', '--batch'], { input }), signal, 2 ** 30);
  signal.throwIfAborted();
  const dates = readObjects(output);
  return commits.map((commit) => {
    const raw = dates.get(commit.id);
    if (raw === undefined) return commit;
    return { ...commit, author: dated(commit.author, raw.author), committer: dated(commit.committer, raw.committer) };
  });
}

const isDoubtful = ({ timeMs, rawDate }: Signature): boolean => rawDate !== undefined || timeMs === 0;

const dated = ({ name, email, rawDate }: Signature, date: GitDate | undefined): Signature => ({
  name,
  email,
  ...(date ?? { rawDate: rawDate ?? '' }),
});

/** Answers of `cat-file --batch`: a line of name, type and size, the object, a line break. */
function readObjects(output: Buffer): ReadonlyMap<string, RawDates> {
  const dates = new Map<string, RawDates>();
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(0x0a, at);
    const [id = '', , size] = output.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    // `<name> missing` has no object after it.
    if (size === undefined) continue;
    const end = at + Number(size);
    const headEnd = output.indexOf('\n\n', at);
    dates.set(id, readDates(output.toString('latin1', at, headEnd < 0 || headEnd > end ? end : headEnd)));
    at = end + 1;
  }
  return dates;
}

function readDates(head: string): RawDates {
  const author = dateOf(head, 'author');
  const committer = dateOf(head, 'committer');
  return { ...(author === undefined ? {} : { author }), ...(committer === undefined ? {} : { committer }) };
}

function dateOf(head: string, who: string): GitDate | undefined {
  const line = head.split('\n').find((text) => text.startsWith(`${who} `));
  return line === undefined ? undefined : parseDate(line.slice(Math.max(line.lastIndexOf('>'), who.length) + 1).trim());
}
