import { type FailureKind, failureOf } from '../failure-of.ts';

const maxWordsChars = 400;

/** Numbers of Subversion's errors (svn_error_codes.h), of the system's below 130,000, and what ssh says. */
const kinds: readonly FailureKind[] = [
  [
    'ERR_VCS_EVENTS_AUTHENTICATION',
    /E170001|E215004|E230001|E175013|Permission denied \(|Host key verification failed/,
    'make svn info of this address work without a question, as by storing the password, then try again',
  ],
  ['ERR_VCS_EVENTS_REVISION', /E160006|E160013|E195012|non-existent in revision/],
  ['ERR_VCS_EVENTS_LOCKED', /E155004|E200033/],
  ['ERR_VCS_EVENTS_NO_REPOSITORY', /E170000|E180001|E210005|E155007|E155010|E175003/],
  ['ERR_VCS_EVENTS_NETWORK', /E170013|E670\d{3}|E0001[01]\d|E210002|E175012|E120\d{3}/],
];

/** An error that reading with Subversion ended with, as this package tells it. Others pass. */
export const svnFailure = (error: unknown, repository: string): unknown =>
  failureOf(error, repository, { program: 'svn', debianPackage: 'subversion', kinds, tell });

/** All lines that Subversion wrote, without the user's name in addresses. */
const tell = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^svn: /, '').replaceAll(/:\/\/[^/\s']*@/g, '://'))
    .join('; ')
    .slice(0, maxWordsChars);
