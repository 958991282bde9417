import { readConfig } from '../jails/read-config.ts';
import { memoryFiles } from '../memory-files.ts';

const read = (files: Record<string, string>) => readConfig(memoryFiles(files), '/f');
const problemsOf = (config: ReturnType<typeof read>) => config.problems.map(({ error, jail }) => [jail, error.message]);

describe('the settings of the server', () => {
  test('reads fail2ban.conf over its defaults', () => {
    const { server, problems } = read({
      '/f/jail.conf': '',
      '/f/fail2ban.conf':
        '[DEFAULT]\nloglevel = debug\npidfile = %(nope)s\n[Definition]\nlogtarget = SYSLOG[facility=auth, padding=on]\n',
      '/f/fail2ban.local': '[Definition]\ndbpurgeage = 2d\ndbfile = None\ndbmaxmatches = 3\nallowipv6 = no\n',
    });
    expect(server).toMatchObject({
      loglevel: 'DEBUG',
      logtarget: 'SYSLOG',
      logtargetOptions: { facility: 'auth', padding: 'on' },
      syslogsocket: 'auto',
      socket: '/var/run/fail2ban/fail2ban.sock',
      pidfile: '/var/run/fail2ban/fail2ban.pid',
      dbfile: undefined,
      dbMaxMatches: 3,
      dbPurgeAgeMs: 172_800_000,
      allowIpv6: false,
    });
    expect(server.settings).toMatchObject({
      loglevel: 'debug',
      dbpurgeage: '2d',
      dbfile: 'None',
      socket: server.socket,
    });
    expect(server.placeOf('dbfile')).toEqual({ file: '/f/fail2ban.local', line: 3 });
    expect(server.placeOf('socket')).toBeUndefined();
    expect(problems.map(({ error }) => error.line)).toEqual([3]);
    expect(Object.getPrototypeOf(server.settings)).toBeNull();
  });

  test.each([
    [
      'loglevel = loud',
      'there is no loglevel "loud"; write one of CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG',
      'INFO',
    ],
    [
      'dbpurgeage = soon',
      '"soon" is no time; write seconds, or a number with a unit, such as 600, 10m, 1d 12h or 1y',
      '1d',
    ],
    ['dbmaxmatches = x', 'dbmaxmatches must be a whole number of at least 0, not "x"; write dbmaxmatches = 5', '10'],
    [
      'allowipv6 = perhaps',
      'allowipv6 must be true or false, not "perhaps"; write allowipv6 = true or allowipv6 = false',
      'auto',
    ],
  ])('reports %j in fail2ban.conf and goes on with the default', (line, fault, text) => {
    const config = read({ '/f/jail.conf': '[j]\nenabled = 1\n', '/f/fail2ban.conf': `[Definition]\n${line}\n` });
    expect(problemsOf(config)).toEqual([[undefined, `/f/fail2ban.conf:2: ${fault}`]]);
    expect(config.server.settings[line.split(' ')[0] as string]).toBe(text);
    expect(config.jails).toHaveLength(1);
  });
});
