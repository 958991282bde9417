import type { Activity } from '@sluice/pipeline';
import type { Commit, Signature } from '@sluice/vcs-events/batches';

/** The script compared logins letter by letter. */
export const svn2icalAuthors = (authors: readonly string[]): ((author: Signature) => boolean)[] =>
  authors.map(
    (login) =>
      ({ name }) =>
        name === login,
  );

/**
 * Title and text that svn2ical.py gave a revision: `SVN REV <n>`, the author with a colon, a blank line, the message;
 * `None` where one is missing. The uid is our own, which is the same each time.
 */
export const svn2icalActivity = (activity: Activity, { id, author, message }: Commit): Activity => {
  const { recordedMs: _, categories: __, tzMinutes: ___, ...rest } = activity;
  return { ...rest, title: `SVN REV ${id}`, text: `${author.name || 'None'}:\n\n${message || 'None'}` };
};
