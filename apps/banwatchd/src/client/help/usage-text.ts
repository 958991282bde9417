import { defaultPaths } from '../../default-paths.ts';
import { verbHelp } from './verbs.ts';

const optionLines: readonly (readonly [string, string])[] = [
  ['-c, --conf DIR', 'configuration (default /etc/fail2ban)'],
  ['-s, --socket FILE', `the daemon's socket (default ${defaultPaths.socket})`],
  ['-p, --pidfile FILE', `for start (default ${defaultPaths.pidFile})`],
  ['--state DIR', 'for start: where bans and counters are kept'],
  ['--loglevel LEVEL', 'for start'],
  ['--logtarget TARGET', 'for start: a file, stdout, stderr, syslog, sysout'],
  ['--syslogsocket FILE', 'for start'],
  ['--json', 'print answers as JSON, one a line; also behind the command'],
  ['-d', 'print the commands that the configuration comes to'],
  ['--dp, --dump-pretty', 'the same, for people'],
  ['-t, --test', 'test the configuration'],
  ['-i', 'interactive'],
  ['-v, -q', 'say more, say less'],
  ['-f, -b', 'start in the foreground, in the background (default)'],
  ['-x', 'start even if a socket is left over'],
  ['--timeout TIME', 'how long to wait for the daemon (default 30 s)'],
  ['--str2sec TIME', 'print a time in seconds: 1d12h is 129600'],
  ['-h, --help', 'this text'],
  ['-V, --version', 'the version (-V: the number only)'],
];

const margin = 46;
const entry = (left: string, right: string): string =>
  left.length + 4 > margin ? `  ${left}\n${' '.repeat(margin)}${right}` : `  ${left}`.padEnd(margin) + right;

/** What `--help` prints. */
export function usageText(): string {
  const groups = Object.entries(verbHelp).flatMap(([title, verbs]) => [
    '',
    `${title}:`,
    ...verbs.map(({ usage, help }) => entry(usage, help)),
  ]);
  return [
    'Usage: banwatch [OPTIONS] COMMAND',
    '',
    'Talks to banwatchd, in the words of fail2ban-client, and gives its answers.',
    '',
    'Options:',
    ...optionLines.map(([flags, help]) => entry(flags, help)),
    ...groups,
    '',
    'Examples:',
    '  banwatch status sshd                    who is banned, and how many failed',
    '  banwatch set sshd unbanip 192.0.2.1     let somebody in again',
    '  banwatch --json stats                   counts of all jails, for a program',
    '  banwatch -t                             is the configuration sound?',
    '  banwatch test /var/log/auth.log sshd    what would the filter find?',
    '',
    'Exit status: 0 done, 255 not done. test and import: 0 done, 1 found problems, 2 wrong usage.',
    '',
  ].join('\n');
}
