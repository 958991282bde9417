import { type FailureKind, type FailureWords, failureOf } from '../failure-of.ts';

/** What Git says, in its own English, in the order in which it is looked for. */
const kinds: readonly FailureKind[] = [
  [
    'ERR_VCS_EVENTS_NO_REPOSITORY',
    /dubious ownership|unsafe repository/,
    'it belongs to another user: if you trust it, run git config --global --add safe.directory with its path',
  ],
  [
    'ERR_VCS_EVENTS_AUTHENTICATION',
    /Authentication failed|could not read (Username|Password)|terminal prompts disabled|error: 40[13]|Permission denied \(|Host key verification failed/,
    'give Git a credential helper or an ssh key that works without a prompt',
  ],
  ['ERR_VCS_EVENTS_LOCKED', /\.lock': File exists|cannot lock ref/],
  [
    'ERR_VCS_EVENTS_NETWORK',
    /Could not resolve|unable to (connect|look up)|Failed to connect|Could not connect|Couldn't connect|Connection (refused|reset|timed out|closed)|Network is unreachable|No route to host|Operation too slow|error: 5\d\d|early EOF|unexpected disconnect|SSL|certificate/i,
  ],
  [
    'ERR_VCS_EVENTS_NO_REPOSITORY',
    /not a git repository|does not appear to be a git repository|cannot change to|[Rr]epository .*not found|repository '[^']*' does not exist|not exported|error: 404|not valid: is this a git repository/,
  ],
  [
    'ERR_VCS_EVENTS_REVISION',
    /bad revision|unknown revision|ambiguous argument|Needed a single revision|bad object|outside repository/,
  ],
];

const maxReasons = 2;

/** The lines that say why, the last ones if there are more; else the last line. */
function reasonsOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const reasons = lines.filter((line) => /^(fatal|error):/.test(line)).slice(-maxReasons);
  return (reasons.length === 0 ? lines.slice(-1) : reasons).join('; ');
}

const words: FailureWords = { program: 'git', debianPackage: 'git', kinds, tell: reasonsOf };

/** An error that reading with Git ended with, as this package tells it. Others pass. */
export const gitFailure = (error: unknown, repository: string): unknown => failureOf(error, repository, words);
