import { memoryFiles } from '../memory-files.ts';
import { readConfig } from './read-config.ts';

const base = {
  '/f/filter.d/x.conf': '[Definition]\nfailregex = ^x <HOST>\n            ^y <HOST>\nmaxlines = 2\n',
  '/f/filter.d/broken.conf': '[Definition]\nfailregex = ^%(nope)s\n',
  '/f/action.d/ban.conf': '[Definition]\nactionban = ban <ip> <name> <port> <logpath>\n[Init]\nport = any\n',
};
const read = (files: Record<string, string>, jails?: readonly string[]) =>
  readConfig(memoryFiles({ ...base, ...files }), '/f', jails === undefined ? {} : { jails });
const jailOf = (...lines: string[]) => {
  const { jails, problems } = read({ '/f/jail.conf': ['[j]', 'enabled = true', ...lines].join('\n') });
  expect(problems.map(({ error }) => error.message)).toEqual([]);
  return jails[0];
};
const problemsOf = (config: ReturnType<typeof read>) => config.problems.map(({ error, jail }) => [jail, error.message]);

describe('readConfig', () => {
  test('resolves an enabled jail with its filter and actions', () => {
    const jail = jailOf(
      'filter = x',
      'action = ban',
      '  ban[actname=b2, port="%(port)s"]',
      'port = 22',
      'logpath = /a',
      '  /b tail',
    );
    expect(jail).toMatchObject({
      name: 'j',
      enabled: true,
      backend: 'auto',
      filter: { name: 'x', maxLines: 2 },
      logPaths: [
        { glob: '/a', from: 'head', place: { file: '/f/jail.conf', line: 7 } },
        { glob: '/b', from: 'tail', place: { file: '/f/jail.conf', line: 8 } },
      ],
      actions: [
        { name: 'ban', commands: { actionban: 'ban <ip> j any /a\n/b tail' } },
        { name: 'b2', commands: { actionban: 'ban <ip> j 22 /a\n/b tail' } },
      ],
      place: { file: '/f/jail.conf', line: 1 },
    });
  });

  test("has fail2ban's defaults where the configuration is silent", () => {
    const { placeOf, ...plain } = { placeOf: undefined, ...jailOf() };
    expect(plain).toEqual({
      name: 'j',
      enabled: true,
      backend: 'auto',
      backendName: 'auto',
      backendOptions: {},
      filter: undefined,
      logPaths: [],
      maxRetry: 3,
      findTimeMs: 600_000,
      window: 'estimate',
      banTimeMs: 600_000,
      maxMatches: 5,
      maxLines: 1,
      ignoreIp: [],
      ignoreSelf: true,
      useDns: 'warn',
      logEncoding: 'auto',
      skipIfNoLogs: false,
      systemdIfNoLogs: true,
      journalMatch: [],
      actions: [],
      settings: {},
      place: { file: '/f/jail.conf', line: 1 },
    });
  });

  test('reads each option by its type', () => {
    expect(
      jailOf(
        'backend = polling',
        'maxretry = 0',
        'findtime = 1d',
        'bantime = -1',
        'maxmatches = 0',
        'ignoreip = 127.0.0.1/8, ::1',
        '  host.example',
        'ignoreself = no',
        'ignorecommand = /bin/x <ip>',
        'usedns = No',
        'failregex = ^<HOST>',
        'logencoding = utf-8',
        'logtimezone = UTC+0200',
        'bantime.increment = true',
      ),
    ).toMatchObject({
      backend: 'polling',
      maxRetry: 1,
      findTimeMs: 86_400_000,
      banTimeMs: Number.POSITIVE_INFINITY,
      maxMatches: 0,
      ignoreIp: ['127.0.0.1/8', '::1', 'host.example'],
      ignoreSelf: false,
      ignoreCommand: '/bin/x <ip>',
      useDns: 'no',
      logEncoding: 'utf-8',
      logTimezone: 'UTC+0200',
      settings: { 'bantime.increment': { value: 'true', place: { file: '/f/jail.conf', line: 16 } } },
    });
  });

  test("lays the jail's regular expressions over the filter's, which it can extend", () => {
    const jail = jailOf('filter = x[maxlines=4]', 'failregex = %(known/failregex)s', '  ^z <HOST>', 'usedns = raw');
    expect(jail?.filter?.failRegex).toEqual([
      { value: '^x <HOST>', place: { file: '/f/filter.d/x.conf', line: 2 } },
      { value: '^y <HOST>', place: { file: '/f/filter.d/x.conf', line: 3 } },
      { value: '^z <HOST>', place: { file: '/f/jail.conf', line: 5 } },
    ]);
    expect(jail).toMatchObject({ maxLines: 4, useDns: 'raw', filter: { useDns: 'raw', maxLines: 4 } });
  });

  test('makes a filter of a jail that has only its own regular expressions', () => {
    expect(jailOf('filter =', 'failregex = ^<HOST>')?.filter).toMatchObject({
      name: 'j',
      failRegex: [{ value: '^<HOST>' }],
    });
  });

  test('has no log files for the journal, and tells the filter so', () => {
    const files = {
      '/f/filter.d/t.conf': '[Definition]\nfailregex = ^<logtype> <HOST>\n',
      '/f/jail.conf': '[j]\nenabled = 1\nfilter = t\nbackend = systemd[journalflags=1]\nlogpath = /a\n',
    };
    expect(read(files).jails[0]).toMatchObject({ logPaths: [], filter: { failRegex: [{ value: '^journal <HOST>' }] } });
  });

  test('knows where the jail or DEFAULT sets an option', () => {
    const { jails } = read({
      '/f/jail.conf': '[DEFAULT]\nmaxretry = 4\nbantime = 1h\n[j]\nenabled = true\n',
      '/f/jail.local': '[j]\nbantime = 2h\n',
    });
    const [jail] = jails;
    expect(jail?.placeOf('bantime')).toEqual({ file: '/f/jail.local', line: 2 });
    expect(jail?.placeOf('MaxRetry')).toEqual({ file: '/f/jail.conf', line: 2 });
    expect(jail?.placeOf('findtime')).toBeUndefined();
    expect(structuredClone(jail)).toMatchObject({ name: 'j', maxRetry: 4 });
  });

  test('reads the jails that are enabled and those asked for, in the order of the files', () => {
    const text = '[a]\nenabled = yes\n[b]\nenabled = off\n[c]\n[d]\nenabled = TRUE\n';
    expect(read({ '/f/jail.conf': text }).jails.map(({ name }) => name)).toEqual(['a', 'd']);
    expect(read({ '/f/jail.conf': text }, ['c', 'a']).jails.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['a', true],
      ['c', false],
      ['d', true],
    ]);
    expect(problemsOf(read({ '/f/jail.conf': text }, ['x', 'DEFAULT']))).toEqual([
      ['x', '/f/jail.conf:1: there is no jail "x"; name another jail, or add [x] to jail.local'],
      ['DEFAULT', '/f/jail.conf:1: there is no jail "DEFAULT"; name another jail, or add [DEFAULT] to jail.local'],
    ]);
  });

  test.each([
    ['filter = nope', '/f/jail.conf:4: there is no filter "nope" in /f/filter.d; correct the name, or add nope.conf'],
    [
      'filter = x[',
      '/f/jail.conf:4: the closing ] is missing in "x["; write it as name[option=value, option="value"], without white around =',
    ],
    [
      'filter = broken',
      '/f/filter.d/broken.conf:2: %(nope)s names no option of [Definition] or [DEFAULT]; define nope there, or remove the reference',
    ],
    [
      'action = ban\n  nope',
      '/f/jail.conf:5: there is no action "nope" in /f/action.d; correct the name, or add nope.conf',
    ],
    [
      'action = smtp.py',
      '/f/jail.conf:4: "smtp.py" is an action written in Python, which does not run here; name an action that has an action.d/*.conf file',
    ],
    ['action = ban\n ban', '/f/jail.conf:5: the jail has two actions named "ban"; add [actname=…] to one of them'],
    [
      'maxretry = many',
      '/f/jail.conf:4: maxretry must be a whole number of at least 0, not "many"; write maxretry = 5',
    ],
    ['maxretry = -1', '/f/jail.conf:4: maxretry must be a whole number of at least 0, not "-1"; write maxretry = 5'],
    [
      'bantime = 5x',
      '/f/jail.conf:4: "5x" is no time; write seconds, or a number with a unit, such as 600, 10m, 1d 12h or 1y',
    ],
    [
      'bantime = -2',
      '/f/jail.conf:4: bantime must be a time, or -1 for ever, not "-2"; write bantime = -1 or bantime = 10m',
    ],
    [
      'findtime.window = sliding',
      '/f/jail.conf:4: findtime.window must be estimate or exact, not "sliding"; write findtime.window = exact',
    ],
    [
      'ignoreself = maybe',
      '/f/jail.conf:4: ignoreself must be true or false, not "maybe"; write ignoreself = true or ignoreself = false',
    ],
    [
      'usedns = maybe\nfailregex = ^<HOST>',
      '/f/jail.conf:4: usedns must be yes, warn, no or raw, not "maybe"; write usedns = warn',
    ],
    [
      'backend = inotify',
      '/f/jail.conf:4: there is no backend "inotify"; write one of auto, polling, pyinotify, gamin, systemd',
    ],
    [
      'ignorecache = max-count=3',
      '/f/jail.conf:4: ignorecache has no key; write ignorecache = key="<ip>", max-count=100, max-time=5m',
    ],
    [
      'bantime.increment = on\nbantime.maxtime = -1',
      '/f/jail.conf:5: bantime.maxtime must be a time above 0, not "-1"; write bantime.maxtime = 1w, or take it out for no end',
    ],
    [
      'logpath = /a\n  /var/log/my log',
      '/f/jail.conf:5: logpath "/var/log/my log" ends neither in head nor in tail; write one path a line, and ? for a blank in it',
    ],
    [
      'logpath = %(sshd_log)s',
      '/f/jail.conf:4: %(sshd_log)s names no option of [bad] or [DEFAULT]; define sshd_log there, or remove the reference',
    ],
    [
      'ignoreip 127.0.0.1',
      '/f/jail.conf:4: "ignoreip 127.0.0.1" is neither a section nor an option; write option = value, or indent it to continue the value above',
    ],
    ['enabled = false', '/f/jail.conf:4: option "enabled" is already in [bad], at line 3; remove one of the two'],
  ])('leaves a jail with %j out, and reads the others', (line, message) => {
    const config = read({ '/f/jail.conf': `\n[bad]\nenabled = true\n${line}\n[good]\nenabled = true\n` });
    expect(problemsOf(config)).toEqual([['bad', message]]);
    expect(config.jails.map(({ name }) => name)).toEqual(['good']);
  });

  test('lists every fault of a jail', () => {
    const config = read({
      '/f/jail.conf':
        '[DEFAULT]\nmaxmatches = %(maxretry)s\n[j]\nenabled = true\nfilter = a\naction = b\n  c\nmaxretry = d\nbantime = e\n',
    });
    expect(config.problems.map(({ error }) => error.line)).toEqual([5, 8, 9, 6, 7]);
  });

  test('says of an enabled that is no word for yes or no that it is none', () => {
    expect(problemsOf(read({ '/f/jail.conf': '[j]\nenabled = ture\n' }))).toEqual([
      ['j', '/f/jail.conf:2: enabled must be true or false, not "ture"; write enabled = true or enabled = false'],
    ]);
  });

  test('blames the jail, not DEFAULT, for a filter that only it lacks', () => {
    const config = read({ '/f/jail.conf': '[DEFAULT]\nfilter = %(__name__)s\n[x]\nenabled = 1\n[y]\nenabled = 1\n' });
    expect(problemsOf(config)).toEqual([
      ['y', '/f/jail.conf:5: there is no filter "y" in /f/filter.d; correct the name, or add y.conf'],
    ]);
  });

  test('blames the line that holds the wrong word, not the one that refers to it', () => {
    const config = read({
      '/f/jail.conf':
        '[DEFAULT]\nbanaction = ban\naction_ = %(banaction)s[port=1]\naction = %(action_)s\n[j]\nenabled = 1\n',
      '/f/jail.local': '[DEFAULT]\nbanaction = bam\n',
    });
    expect(problemsOf(config)).toEqual([
      ['j', '/f/jail.local:2: there is no action "bam" in /f/action.d; correct the name, or add bam.conf'],
    ]);
  });

  test('keeps a broken section apart from its neighbours', () => {
    const config = read({ '/f/jail.conf': '[a]\nenabled = 1\n[b\nenabled = 0\n[c]\nenabled = 1\n' });
    expect(problemsOf(config)).toEqual([['b', '/f/jail.conf:3: "[b" is no section header; write it as [name]']]);
    expect(config.jails.map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('runs no jail with a DEFAULT that cannot be trusted', () => {
    const config = read({ '/f/jail.conf': '[DEFAULT]\nignoreip 10.0.0.0/8\n[a]\nenabled = 1\n' });
    expect(problemsOf(config)).toEqual([[undefined, expect.stringMatching(/^\/f\/jail\.conf:2: "ignoreip 10/)]]);
    expect(config.jails).toEqual([]);
  });

  test('lists a file that is no configuration, and reads the others', () => {
    const config = read({ '/f/jail.conf': '[a]\nenabled = 1\n', '/f/jail.d/notes.conf': 'buy milk\nbuy eggs\n' });
    expect(problemsOf(config)).toEqual([
      [
        undefined,
        '/f/jail.d/notes.conf:1: "buy milk" stands before the first section; put a header such as [DEFAULT] above it',
      ],
    ]);
    expect(config.jails).toHaveLength(1);
  });

  test('says what is missing when the folder is the wrong one', () => {
    const config = readConfig(memoryFiles({}), '/nowhere/', { jails: ['a'] });
    expect(problemsOf(config)).toEqual([
      [
        undefined,
        '/nowhere/jail.conf:1: there is neither this file nor a jail.local nor a jail.d; name the folder that holds jail.conf',
      ],
    ]);
  });

  test('gives frozen data', () => {
    const config = read({ '/f/jail.conf': '[j]\nenabled = 1\nlogpath = /a\naction = ban\nbantime.factor = 2\n' });
    const [jail] = config.jails;
    const parts = [
      config,
      config.jails,
      config.problems,
      config.warnings,
      config.server,
      config.server.settings,
      jail,
      jail?.logPaths,
      jail?.logPaths[0],
      jail?.actions,
    ];
    const more = [
      jail?.actions[0],
      jail?.actions[0]?.commands,
      jail?.actions[0]?.parameters,
      jail?.settings,
      jail?.place,
    ];
    for (const part of [...parts, ...more, jail?.settings['bantime.factor'], jail?.ignoreIp]) {
      expect(part).toBeDefined();
      expect(Object.isFrozen(part)).toBe(true);
    }
  });
});
