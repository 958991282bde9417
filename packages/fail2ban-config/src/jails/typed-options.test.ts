import { memoryFiles } from '../memory-files.ts';
import { commandStream } from '../stream/command-stream.ts';
import { changeJail } from './change-jail.ts';
import type { JailConfig } from './jail-config.ts';
import { readConfig } from './read-config.ts';

const read = (files: Record<string, string>) => readConfig(memoryFiles(files), '/f');
const jailOf = (...lines: string[]) => {
  const { jails, problems } = read({ '/f/jail.conf': ['[j]', 'enabled = true', ...lines].join('\n') });
  expect(problems.map(({ error }) => error.message)).toEqual([]);
  return jails[0];
};

describe('the options of a jail', () => {
  test('reads how bans grow, only where they do', () => {
    const extra = ['bantime.factor = 1.5', 'bantime.multipliers = 1 2 4', 'bantime.maxtime = 5w', 'bantime.rndtime ='];
    const jail = jailOf(
      'bantime.increment = yes',
      'bantime.formula = ban.Time*2',
      'bantime.overalljails = on',
      ...extra,
    );
    expect(jail?.increment).toEqual({
      factor: '1.5',
      formula: 'ban.Time*2',
      multipliers: '1 2 4',
      maxTimeMs: 3_024_000_000,
      overallJails: true,
    });
    const off = jailOf('bantime.increment = no', ...extra);
    expect(off && 'increment' in off).toBe(false);
    expect(off?.settings['bantime.factor']).toEqual({ value: '1.5', place: { file: '/f/jail.conf', line: 4 } });
    expect(off?.placeOf('bantime.maxtime')).toEqual({ file: '/f/jail.conf', line: 6 });
  });

  test('reads how failures are counted, also from [DEFAULT], and tells fail2ban nothing of it', () => {
    expect([jailOf()?.window, jailOf('findtime.window =')?.window]).toEqual(['estimate', 'estimate']);
    expect(jailOf('findtime.window = Exact')?.window).toBe('exact');
    const config = read({
      '/f/jail.conf': '[DEFAULT]\nfindtime.window = exact\n[j]\nenabled = 1\nfindtime_window = exact\n',
    });
    expect(config.jails[0]).toMatchObject({ window: 'exact', settings: { 'findtime.window': { value: 'exact' } } });
    expect(JSON.stringify(commandStream(config, { glob: () => [] }))).not.toContain('exact');
    expect(config.warnings.map(({ error }) => error.message)).toEqual([
      '/f/jail.conf:5: there is no option "findtime_window", so it does nothing; write findtime.window',
    ]);
  });

  test('takes times of nothing, as fail2ban does', () => {
    expect(jailOf('findtime = 0', 'bantime = 0')).toMatchObject({ findTimeMs: 0, banTimeMs: 0 });
    expect(jailOf('findtime = -1')?.findTimeMs).toBe(0);
  });

  test('reads the cache of ignorecommand', () => {
    expect(jailOf('ignorecache = key="<ip>-<F-USER>", max-count=5, max-time=1h')?.ignoreCache).toEqual({
      key: '<ip>-<F-USER>',
      maxCount: 5,
      maxTimeMs: 3_600_000,
    });
    expect(jailOf('ignorecache = key=<ip>')?.ignoreCache).toEqual({ key: '<ip>', maxCount: 100, maxTimeMs: 300_000 });
    expect(jailOf('ignorecache =')?.ignoreCache).toBeUndefined();
  });

  test('takes the backend apart', () => {
    const jail = jailOf('backend = Systemd[journalpath="/var/log/journal/x", journalflags=1]', 'logpath = /a');
    expect(jail).toMatchObject({
      backend: 'Systemd[journalpath="/var/log/journal/x", journalflags=1]',
      backendName: 'systemd',
      backendOptions: { journalpath: '/var/log/journal/x', journalflags: '1' },
      logPaths: [],
    });
    expect(Object.getPrototypeOf(jail?.backendOptions)).toBeNull();
  });

  test('reads what later releases of fail2ban know', () => {
    const jail = jailOf('skip_if_nologs = true', 'systemd_if_nologs = no', 'journalmatch = _A=1 + _B=2', '  _C=3');
    expect(jail).toMatchObject({
      skipIfNoLogs: true,
      systemdIfNoLogs: false,
      journalMatch: ['_A=1 + _B=2', '_C=3'],
      settings: { skip_if_nologs: { value: 'true' } },
    });
    expect(jailOf('ignoreip = file:/etc/allowed 10.0.0.1')?.ignoreIp).toEqual(['file:/etc/allowed', '10.0.0.1']);
  });

  test('keeps the places of a jail that is changed', () => {
    const jail = changeJail(jailOf('maxretry = 4') as JailConfig, { maxRetry: 7 });
    expect(jail.maxRetry).toBe(7);
    expect(jail.placeOf('maxretry')).toEqual({ file: '/f/jail.conf', line: 3 });
    expect(Object.keys(jail)).not.toContain('placeOf');
    expect(Object.isFrozen(jail)).toBe(true);
  });

  test('warns of an option that does nothing for a slip in its name, and leaves no jail out for it', () => {
    const text =
      '[DEFAULT]\nban_time = 1h\nmaxretri = 9\nlimit = %(maxretri)s\nmaxretry = %(limit)s\nport = 22\naction_ = x\n' +
      '[j]\nenabled = 1\nbantime = 5\nlog-path = /a\nfindtmie = 3\nenable = 1\ncolour = red\n[off]\nfindtimes = 2\n';
    const config = read({ '/f/jail.conf': text });
    expect(config.problems).toEqual([]);
    expect(config.jails.map(({ name }) => name)).toEqual(['j']);
    expect(config.warnings.map(({ error, jail }) => [jail, error.message])).toEqual([
      [undefined, '/f/jail.conf:2: there is no option "ban_time", so it does nothing; write bantime'],
      ['j', '/f/jail.conf:11: there is no option "log-path", so it does nothing; write logpath'],
      ['j', '/f/jail.conf:12: there is no option "findtmie", so it does nothing; write findtime'],
    ]);
  });
});
