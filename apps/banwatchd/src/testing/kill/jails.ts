import type { LogName } from './attack.ts';

/** The jails, the logs that each watches, and how many failures it bans for. */
export const jails: Readonly<Record<string, { readonly logs: readonly LogName[]; readonly maxRetry: number }>> = {
  created: { logs: ['create'], maxRetry: 3 },
  copied: { logs: ['copy'], maxRetry: 2 },
  both: { logs: ['create', 'copy'], maxRetry: 7 },
};

const section = ([name, { logs, maxRetry }]: [string, (typeof jails)[string]]): string => `
[${name}]
enabled = true
filter = attacks
maxretry = ${maxRetry}
logpath = ${logs.map((log) => `/var/log/${log}.log`).join('\n  ')}
action = note[name=${name}]
`;

/** Files of a configuration whose actions note what they do, and the process that has them done. */
export const configFiles = (notes: string): Readonly<Record<string, string>> => ({
  'fail2ban.conf': '[Definition]\nlogtarget = STDOUT\n',
  'jail.conf': `[DEFAULT]\nbantime = 1d\nfindtime = 1d\nusedns = no\nignoreself = false\n${Object.entries(jails).map(section).join('')}`,
  'filter.d/attacks.conf': '[Definition]\nfailregex = ^\\s*<HOST> attacks #\\d+$\n',
  'action.d/note.conf': `[Definition]
actionban = echo "ban <name> <ip> $PPID" >> ${notes}
actionunban = echo "unban <name> <ip> $PPID" >> ${notes}
`,
});
