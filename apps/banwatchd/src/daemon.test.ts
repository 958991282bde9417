import { appendFileSync } from 'node:fs';
import { botFilter, hit, botJail as jail, visit } from './testing/bot-jail.ts';
import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.write('fail2ban/jail.conf', '[DEFAULT]\nbantime = 10m\nfindtime = 10m\nmaxretry = 5\n');
  scene.write('fail2ban/filter.d/bot.conf', botFilter);
  scene.write('root/var/log/apache2/a_access.log', visit('192.0.2.1'));
});
afterEach(() => scene[Symbol.asyncDispose]());

describe('banwatchd', () => {
  test('finds, bans once, and says "already banned" by how long the ban stands', async () => {
    scene.write('fail2ban/jail.local', jail('web'));
    const nowMs = Date.now();
    const ages = [300, 250, 299];
    scene.write(
      'root/var/log/apache2/b_access.log',
      ages.map((ageS) => hit('198.51.100.7', nowMs - ageS * 1000)).join(''),
    );
    const daemon = scene.start();
    await scene.until('the last failure', () => scene.logged('already banned').length === 1);
    expect(daemon.stats().failures).toBe(3);
    expect(scene.logged('Found')).toHaveLength(3);
    expect(scene.logged(' Ban ')).toEqual(['NOTICE  [web] Ban 198.51.100.7']);
    expect(scene.logged('already banned')).toEqual(['NOTICE  [web] 198.51.100.7 already banned']);
    expect(scene.commands.join('\n')).toContain('198.51.100.7');
  });

  test('follows what is appended, and files that appear later', async () => {
    scene.write('fail2ban/jail.local', jail('web'));
    const daemon = scene.start();
    await scene.until('the first file', () => daemon.stats().lines === 1);
    appendFileSync(`${scene.root}/var/log/apache2/a_access.log`, hit('203.0.113.1'));
    await scene.until('the first ban', () => daemon.stats().bans === 1);
    scene.write('root/var/log/apache3/new_access.log', hit('203.0.113.2'));
    await scene.until('the second ban', () => daemon.stats().bans === 2);
  });

  test('one file serves every jail that watches it, and is read once', async () => {
    scene.write('fail2ban/jail.local', `${jail('one')}${jail('two')}`);
    scene.write('root/var/log/apache2/a_access.log', hit('203.0.113.9'));
    const daemon = scene.start();
    await scene.until('both bans', () => daemon.stats().bans === 2);
    expect(scene.logged(' Ban ').sort()).toEqual(['NOTICE  [one] Ban 203.0.113.9', 'NOTICE  [two] Ban 203.0.113.9']);
    expect(daemon.stats().lines).toBe(1);
  });

  test('never bans an ignored address, and says why', async () => {
    scene.write('fail2ban/jail.local', jail('web', 'ignoreip = 203.0.113.0/24\n'));
    scene.write('root/var/log/apache2/a_access.log', hit('203.0.113.9') + hit('198.51.100.1'));
    const daemon = scene.start();
    await scene.until('the other one', () => daemon.stats().bans === 1);
    expect(scene.logged('Ignore')).toEqual(['INFO    [web] Ignore 203.0.113.9 by ip']);
    expect(scene.commands.join('\n')).not.toContain('203.0.113.9');
  });

  test('an address that is none is rejected with a reason and never banned', async () => {
    scene.write('fail2ban/jail.local', jail('web'));
    scene.write('root/var/log/apache2/a_access.log', hit('999.1.1.1') + hit('192.030.0.6') + hit('198.51.100.1'));
    const daemon = scene.start();
    await scene.until('the valid one', () => daemon.stats().bans === 1);
    expect(daemon.stats().rejects).toBe(2);
    expect(scene.logged('999.1.1.1')).toHaveLength(1);
    expect(scene.commands.join('\n')).not.toMatch(/999\.1\.1\.1|192\.030/);
  });

  test('NULs, invalid UTF-8, CRLF and a 10 MB line are read and counted, and hide nothing', async () => {
    scene.write('fail2ban/jail.local', jail('web'));
    scene.write(
      'root/var/log/apache2/a_access.log',
      Buffer.concat([
        Buffer.from('\0\0\0\n'),
        Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x0a]),
        Buffer.from(hit('198.51.100.1').replace('\n', '\r\n')),
        Buffer.alloc(10_000_000, 'a'),
        Buffer.from('\n'),
        Buffer.from(hit('198.51.100.2')),
      ]),
    );
    const daemon = scene.start();
    await scene.until('both bans', () => daemon.stats().bans === 2);
    expect(daemon.stats().lines).toBe(5);
    expect(daemon.stats().bytes).toBeGreaterThan(10_000_000);
  }, 30_000);
});

describe('bad configuration: one line with file, line and cure, and the other jails go on', () => {
  const sound = jail('sound');
  test.each([
    [
      'a filter that is not there',
      `${sound}${jail('bad').replace('filter = bot', 'filter = nosuch')}`,
      undefined,
      /jail\.local:\d+: .*nosuch.*; /,
    ],
    [
      'a section with a line that is no option',
      `${sound}${jail('bad', 'no option here\n')}`,
      undefined,
      /jail\.local:\d+: .*; /,
    ],
    [
      'an action that is not there',
      `${sound}${jail('bad', 'action = nosuch\n')}`,
      undefined,
      /jail\.local:\d+: .*nosuch.*; /,
    ],
    [
      'a regex that does not compile',
      `${sound}${jail('bad').replace('filter = bot', 'filter = broken')}`,
      '[Definition]\nfailregex = ok <HOST>\n            (<HOST> \n',
      /broken\.conf:3: .*; /,
    ],
    [
      'a regex without <HOST>',
      `${sound}${jail('bad').replace('filter = bot', 'filter = broken')}`,
      '[Definition]\nfailregex = no host here\n',
      /broken\.conf:2: .*; /,
    ],
    [
      'a number that is none',
      `${sound}${jail('bad').replace('maxretry = 1', 'maxretry = many')}`,
      undefined,
      /jail\.local:\d+: .*many.*; /,
    ],
    [
      'an ignored network that is none',
      `${sound}${jail('bad', 'ignoreip = 10.0.0.0/99\n')}`,
      undefined,
      /jail\.local:\d+: .*10\.0\.0\.0\/99.*; /,
    ],
    [
      'a glob that is not supported',
      `${sound}${jail('bad').replace('/var/log/apache*/', '/var/**/')}`,
      undefined,
      /jail\.local:\d+: .*\*\*/,
    ],
    [
      'a jail that wants the journal, which is not read yet',
      `${sound}${jail('bad', 'backend = systemd\n')}`,
      undefined,
      /jail\.local:\d+: .*backend systemd.*; .*the journal is not read yet/,
    ],
    [
      'a formula that is none',
      `${sound}${jail('bad', 'bantime.increment = true\nbantime.formula = ban.Time **\n')}`,
      undefined,
      /jail\.local:\d+: .*formula/i,
    ],
    ['a time that is none', `${sound}${jail('bad', 'bantime = soon\n')}`, undefined, /jail\.local:\d+: .*soon.*; /],
  ])('%s', async (_, jailLocal, broken, expected) => {
    scene.write('fail2ban/jail.local', jailLocal);
    if (broken !== undefined) scene.write('fail2ban/filter.d/broken.conf', broken);
    scene.write('root/var/log/apache2/a_access.log', hit('203.0.113.9'));
    // The action files matter only where the jails' own actions are run.
    const daemon = scene.start({ banWith: 'actions' });
    const errors = scene.logged('ERROR');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/Jail 'bad' skipped/);
    expect(errors[0]).toMatch(expected);
    await scene.until('the sound jail', () => daemon.stats().bans === 1);
  });

  test('no jail at all: an error that says what to write', async () => {
    scene.write('fail2ban/jail.local', '');
    expect(() => scene.start()).toThrow(
      expect.objectContaining({
        code: 'ERR_BANWATCHD_NO_JAIL',
        message: expect.stringMatching(/enabled = true/),
      }),
    );
  });

  test('a log that is not there is no fault where skip_if_nologs says so', async () => {
    scene.write(
      'fail2ban/jail.local',
      `${jail('web')}${jail('late', 'skip_if_nologs = true\n').replace('/var/log/apache*/*access.log', '/var/log/late.log')}`,
    );
    const daemon = scene.start();
    scene.write('root/var/log/late.log', hit('203.0.113.4'));
    await scene.until('the ban', () => daemon.stats().bans === 1);
    expect(scene.logged('WARNING')).toEqual([]);
  });

  test('a log that is not there yet: said once, and followed when it comes', async () => {
    scene.write(
      'fail2ban/jail.local',
      `${jail('web')}${jail('late').replace('/var/log/apache*/*access.log', '/var/log/late.log')}`,
    );
    const daemon = scene.start();
    await scene.until('a word on it', () => scene.logged('late.log').length > 0);
    scene.write('root/var/log/late.log', hit('203.0.113.4'));
    await scene.until('the ban', () => daemon.stats().bans === 1);
    expect(scene.logged(' Ban ')).toEqual(['NOTICE  [late] Ban 203.0.113.4']);
  });
});
