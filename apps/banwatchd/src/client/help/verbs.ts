/** A command, for `--help`. */
export interface VerbHelp {
  readonly usage: string;
  readonly help: string;
}

/** The commands that `fail2ban-client` has too, by what they are for. */
export const verbHelp: Readonly<Record<string, readonly VerbHelp[]>> = {
  'The daemon': [
    { usage: 'start', help: 'start the daemon, wait until it is ready' },
    { usage: 'stop', help: 'end the daemon' },
    { usage: 'restart', help: 'end the daemon, start it' },
    { usage: 'reload [--restart] [--unban] [--all]', help: 'read the configuration again; bans and counters stay' },
    { usage: 'status', help: 'the jails that run' },
    { usage: 'status --all [FLAVOR]', help: 'the status of every jail' },
    { usage: 'stats', help: 'a table of all jails' },
    { usage: 'ping [SECONDS]', help: 'is it alive?' },
    { usage: 'version', help: "the daemon's version" },
    { usage: 'flushlogs', help: 'open the log file anew, after a rotation' },
    { usage: 'get|set loglevel [LEVEL]', help: 'CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG, …' },
    { usage: 'get|set logtarget [TARGET]', help: 'a file, STDOUT, STDERR, SYSLOG, SYSTEMD-JOURNAL' },
    { usage: 'get|set syslogsocket [FILE]', help: 'used when the log goes to syslog' },
    { usage: 'get dbfile', help: 'where bans and counters are kept' },
    { usage: 'get|set dbmaxmatches [N]', help: 'lines that are kept of a ban' },
    { usage: 'get|set dbpurgeage [TIME]', help: 'how long past bans are remembered' },
  ],
  Bans: [
    { usage: 'banned [IP…]', help: 'all bans by jail, or the jails that ban each address' },
    { usage: 'unban IP… | --all', help: 'end bans in all jails' },
    { usage: 'set JAIL banip IP…', help: 'ban by hand' },
    { usage: 'set JAIL unbanip [--report-absent] IP…', help: 'end bans by hand' },
    { usage: 'set JAIL attempt IP [LINE…]', help: 'count a failure' },
    { usage: 'get JAIL banned [IP…]', help: 'the bans, or whether each address is banned' },
    { usage: 'get JAIL banip [SEP|--with-time]', help: 'the bans by their end' },
  ],
  'A jail': [
    { usage: 'status JAIL [FLAVOR]', help: 'basic, short, stats, or cymru (asks the DNS)' },
    { usage: 'start|stop JAIL', help: 'start a configured jail, end a running one' },
    { usage: 'reload|restart [--if-exists] JAIL', help: 'read its configuration again' },
    { usage: 'set JAIL idle on|off', help: 'read on, but neither count nor ban' },
  ],
  'Its options': [
    { usage: 'get JAIL OPTION', help: 'logpath, logencoding, journalmatch, ignoreself, ignoreip, ignorecommand,' },
    { usage: '', help: 'ignorecache, prefregex, failregex, ignoreregex, findtime, bantime, bantime.…,' },
    { usage: '', help: 'datepattern, logtimezone, usedns, maxretry, maxmatches, maxlines, actions' },
    {
      usage: 'set JAIL OPTION VALUE',
      help: 'ignoreself, ignorecommand, ignorecache, logencoding, logtimezone, prefregex,',
    },
    { usage: '', help: 'findtime, bantime, bantime.…, datepattern, usedns, maxretry, maxmatches, maxlines' },
    {
      usage: 'set JAIL addOPTION|delOPTION VALUE',
      help: 'ignoreip, failregex, ignoreregex, logpath, journalmatch, action',
    },
    { usage: 'get JAIL action ACT PROPERTY', help: 'a command or parameter of an action' },
    { usage: 'get JAIL actionproperties|actionmethods ACT', help: 'what an action has' },
    { usage: 'set JAIL action ACT PROPERTY VALUE', help: 'change it' },
    { usage: 'set JAIL action ACT ban \'{"ip": "…"}\'', help: 'run one of its operations' },
  ],
  'Without a daemon': [
    { usage: 'test LOG FILTER|REGEX [IGNORE]', help: 'what a filter finds in a log; see banwatch test --help' },
    { usage: 'test --cases FILE', help: 'run a file of cases' },
    { usage: 'import FILE', help: "take over the bans of fail2ban's database; see banwatch import --help" },
    { usage: 'completion bash|zsh|fish', help: 'print a script that completes this command line' },
  ],
};
