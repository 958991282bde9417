/** An option of the command line. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What its value is called in the help; absent for a switch. */
  readonly value?: string;
  readonly group: keyof typeof flagGroups;
  readonly help: string;
}

/** Headings of the help, in order. */
export const flagGroups = {
  patterns: 'What to look for',
  lines: 'Which lines',
  output: 'What is printed',
  input: 'Where to look',
  other: 'Other',
} as const;

const flag = (group: Flag['group'], short: string, name: string, help: string, value?: string): Flag => ({
  name,
  group,
  help,
  ...(short !== '' && { short }),
  ...(value !== undefined && { value }),
});

/** All options: they are parsed and the help is written from this list. */
export const flags: readonly Flag[] = [
  flag('patterns', 'e', 'regexp', 'a pattern; may be given again', 'PATTERN'),
  flag('patterns', 'f', 'file', 'patterns from a file, one a line; - is standard input', 'FILE'),
  flag('patterns', 'F', 'fixed-strings', 'patterns are plain text, as --dialect literal'),
  flag('patterns', '', 'dialect', 'python (default), javascript or literal', 'NAME'),
  flag('patterns', 'i', 'ignore-case', 'upper and lower case are the same'),
  flag('patterns', 'w', 'word-regexp', 'what matches begins and ends like a word'),
  flag('patterns', 'x', 'line-regexp', 'a pattern matches the whole line'),
  flag(
    'patterns',
    '',
    'filter',
    'find the failures of a fail2ban filter, such as sshd[mode=aggressive] or a path',
    'NAME',
  ),
  flag('patterns', '', 'filter-dir', "fail2ban's configuration (default /etc/fail2ban)", 'DIR'),
  flag('lines', 'v', 'invert-match', 'lines that no pattern matches'),
  flag('lines', 'm', 'max-count', 'stop a file after NUM lines', 'NUM'),
  flag('lines', '', 'all', 'every pattern that matches a line, not the first only (for --json, --format, --stats)'),
  flag('output', 'c', 'count', 'the number of lines of each file'),
  flag('output', 'l', 'files-with-matches', 'names of files with a match'),
  flag('output', 'L', 'files-without-match', 'names of files without one'),
  flag('output', 'o', 'only-matching', 'the parts of lines that match, one a line'),
  flag('output', 'q', 'quiet', 'nothing; stop at the first match'),
  flag('output', 'n', 'line-number', 'with the number of the line'),
  flag('output', 'b', 'byte-offset', 'with the offset in the (unpacked) file'),
  flag('output', 'H', 'with-filename', 'with the name of the file, as with several files'),
  flag('output', 'h', 'no-filename', 'without it'),
  flag('output', '', 'json', 'one JSON object a match (with -c, a file), one a line'),
  flag('output', '', 'format', "one line a match, such as '{path}:{ip} {user}': see below", 'TEMPLATE'),
  flag('output', '', 'stats', 'afterwards, on standard error: hits of each pattern, and the speed'),
  flag('input', 'r', 'recursive', 'the files in folders too; links in them are not followed'),
  flag('input', '', 'follow', 'go on with what is appended, through rotation, until a SIGINT'),
  flag('input', '', 'from-start', 'with --follow, begin with what is there already'),
  flag('input', '', 'max-line-bytes', 'cut longer lines there and say so (default 16777216, from 1024)', 'NUM'),
  flag('input', '', 'workers', 'threads for one large plain file (default 1)', 'NUM'),
  flag('other', 's', 'no-messages', 'say nothing of files that cannot be read'),
  flag('other', 'a', 'text', 'nothing: every file is searched as text'),
  flag('other', '', 'rounds', 'of logmatch bench: how often to read and to search (default 5)', 'NUM'),
  flag('other', '', 'help', 'this text'),
  flag('other', 'V', 'version', 'the version'),
];
