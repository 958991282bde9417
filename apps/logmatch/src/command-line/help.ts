import { type Flag, flagGroups, flags } from './flags.ts';

const column = 32;

function flagLine({ short, name, value, help }: Flag): string {
  const left = `  ${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  return left.length < column ? `${left.padEnd(column)}${help}` : `${left}\n${' '.repeat(column)}${help}`;
}

/** What `--help` prints. */
export function helpText(): string {
  const groups = Object.entries(flagGroups).map(
    ([group, heading]) =>
      `${heading}:\n${flags
        .filter((flag) => flag.group === group)
        .map(flagLine)
        .join('\n')}`,
  );
  return `logmatch: many patterns over logs, with what they capture.

Usage:
  logmatch [OPTION…] PATTERN [FILE…]
  logmatch [OPTION…] -e PATTERN… | -f FILE… | --filter NAME [FILE…]
  logmatch explain PATTERN… | -f FILE | --filter NAME    how patterns are searched for, and what that costs
  logmatch bench PATTERN FILE…                           how fast, on your file with your patterns

Without FILE, and for -, standard input is read. gzip and zstd are unpacked. Patterns are Python's regular
expressions; letters mean what they mean for grep. To search for the words explain or bench, write -e before them.

${groups.join('\n\n')}

Fields of --format: {path} {offset} {number} {pattern} {line} {match}, groups by name or number ({ip}, {1}), with
--filter also {host} {time}; \\t \\n \\\\, and {{ }} for braces.

Examples:
  logmatch -c 'Failed password' auth.log                          how many lines
  logmatch -f rules.txt --stats access.log access.log.*.gz        many rules, and which of them hit
  logmatch --format '{ip} {user}' 'for (?P<user>\\S+) from (?P<ip>\\S+)' auth.log
  logmatch --filter 'sshd[mode=aggressive]' auth.log | sort | uniq -c
  logmatch --follow --json -f rules.txt /var/log/syslog

Exit status: 0 something was found, 1 nothing was found, 2 an error happened (with -q, 0 if something was found).
`;
}
