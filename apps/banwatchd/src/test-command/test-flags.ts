/** One option of `banwatch test`. */
export interface TestFlag {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly alias?: string;
  /** What stands for its value in the help; a switch has none. */
  readonly value?: string;
  readonly help: string;
}

/** The options of `fail2ban-regex` 1.0.2, `--invert` of later releases, and our own. */
export const testFlags: readonly TestFlag[] = [
  { name: 'config', short: 'c', value: 'DIR', help: 'configuration folder; default /etc/fail2ban' },
  { name: 'datepattern', short: 'd', value: 'PATTERN', help: "how dates are written, in place of the filter's own" },
  { name: 'timezone', alias: 'TZ', value: 'ZONE', help: 'zone of dates that name none: UTC+0200, CET' },
  { name: 'encoding', short: 'e', value: 'NAME', help: 'encoding of the log; default UTF-8' },
  { name: 'raw', short: 'r', help: 'take host names as they are, look nothing up' },
  { name: 'usedns', value: 'yes|warn|no|raw', help: 'what <HOST> matches, and what becomes of names; default warn' },
  { name: 'maxlines', short: 'L', value: 'N', help: 'lines that a regex may span' },
  { name: 'journalmatch', short: 'm', value: 'MATCH', help: 'for systemd-journal, which is not read yet' },
  { name: 'log-level', short: 'l', value: 'LEVEL', help: 'taken and not used: nothing is logged' },
  { name: 'verbose', short: 'v', help: 'all regexes, and who hit them when' },
  { name: 'verbosity', value: 'N', help: 'the same as -v, N times' },
  { name: 'verbose-date', alias: 'VD', help: 'regexes and weights of date templates' },
  { name: 'debuggex', short: 'D', help: 'not supported' },
  { name: 'no-check-all', help: 'stop at the first failregex that matches, as the daemon does' },
  {
    name: 'out',
    short: 'o',
    value: 'WHAT',
    help: 'print only this of each failure: id, ip, msg, row, a group, or <tags>',
  },
  { name: 'invert', short: 'i', help: 'lines that do not match are the matches' },
  { name: 'print-no-missed', help: 'print no missed lines' },
  { name: 'print-no-ignored', help: 'print no ignored lines' },
  { name: 'print-all-matched', help: 'print all matched lines' },
  { name: 'print-all-missed', help: 'print all missed lines, however many' },
  { name: 'print-all-ignored', help: 'print all ignored lines, however many' },
  { name: 'log-traceback', short: 't', help: 'taken and not used' },
  { name: 'full-traceback', help: 'taken and not used' },
  { name: 'json', help: 'the result as JSON' },
  { name: 'cases', value: 'FILE', help: 'run a file of cases, one JSON object a line' },
  { name: 'tz', value: 'ZONE', help: "with --cases: the clock's zone, Europe/Paris or CET-01CEST-02,M3.5.0,M10.5.0" },
  { name: 'now', value: 'TIME', help: "with --cases: the clock's time, seconds since 1970 or 2005-08-14T10:00:00Z" },
  { name: 'version', help: 'print the version' },
  { name: 'help', short: 'h', help: 'print this' },
];
