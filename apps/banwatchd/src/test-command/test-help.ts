import { testFlags } from './test-flags.ts';

const column = 30;

function flagLine({ name, short, alias, value, help }: (typeof testFlags)[number]): string {
  const argument = value === undefined ? '' : ` ${value}`;
  const names = [short && `-${short}`, `--${name}`, alias && `--${alias}`].filter(Boolean).join(', ');
  const left = `  ${names}${argument}`;
  return left.length < column ? left.padEnd(column) + help : `${left}\n${' '.repeat(column)}${help}`;
}

/** What `banwatch test --help` prints. */
export const testHelp: string = `\
Usage: banwatch test [OPTIONS] LOG REGEX [IGNOREREGEX]
       banwatch test --config DIR --cases FILE [--tz ZONE] [--now TIME]

Tests a filter on a log, with the options and the summary of fail2ban-regex; or a filter on cases that you keep.

LOG:
  a file, plain or gzip; - for standard input; or a line of a log, as it stands
REGEX:
  a failregex; a filter, with options if you like: sshd, sshd[mode=aggressive]; a filter's file; or a jail
IGNOREREGEX:
  an ignoreregex

Options:
${testFlags.map(flagLine).join('\n')}

A case is a JSON object: id, filter, options (the filter's arguments), lines (the last one is judged), match (whether it is
a failure), and host and time where these are to be checked. The last line printed is "N passed, N failed".

Exit status: 0 when the test was done, whatever it found; 255 when it could not be done, 2 for a wrong option.
With --cases: 0 when all passed, 1 when not, 2 when the file could not be read.

Examples:
  banwatch test /var/log/auth.log sshd
  banwatch test 'Nov 23 10:00:00 h sshd[1]: Invalid user x from 192.0.2.7 port 4' 'sshd[mode=aggressive]'
  banwatch test -o '<ip> <F-USER>' /var/log/auth.log.1.gz sshd
  zcat access.log.*.gz | banwatch test --json - '^<HOST> .* 401 '
  banwatch test --config ./fail2ban --cases ./cases.jsonl --tz UTC --now 2026-11-23T10:00:00Z
`;
