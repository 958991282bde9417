import { VcsEventsError } from '../vcs-events-error.ts';

const maxValueChars = 100;

/** What is wrong with the XML of `svn log`. */
export const formatError = (fault: string, value: string): VcsEventsError =>
  new VcsEventsError('ERR_VCS_EVENTS_FORMAT', `svn log --xml: ${fault}`, { value: value.slice(0, maxValueChars) });

/** The XML of `svn log` ends before its end. */
export const truncatedError = (): VcsEventsError =>
  new VcsEventsError('ERR_VCS_EVENTS_TRUNCATED', 'svn log --xml ends before </log>');

/** An entry is too long. */
export const tooLargeError = (maxCommitBytes: number): VcsEventsError =>
  new VcsEventsError('ERR_VCS_EVENTS_TOO_LARGE', `a revision has more than maxCommitBytes = ${maxCommitBytes} bytes`, {
    limit: maxCommitBytes,
  });
