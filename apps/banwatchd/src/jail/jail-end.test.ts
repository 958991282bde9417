import { appendFileSync, existsSync } from 'node:fs';
import { jest } from '@jest/globals';
import { openBanStore } from '@sluice/ban-policy/lmdb';
import { botFilter, botJail, hit } from '../testing/bot-jail.ts';
import { Scene } from '../testing/scene.ts';

const log = 'root/var/log/apache2/a_access.log';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.write('fail2ban/jail.conf', '[DEFAULT]\nbantime = 10m\nfindtime = 10m\n');
  scene.write('fail2ban/filter.d/bot.conf', botFilter);
  scene.write(
    'fail2ban/action.d/note.conf',
    `[Definition]
actionstart = echo start <note> >> ${scene.path('done')}
actionstop = echo stop <note> >> ${scene.path('done')}
actionban = echo ban <note> <ip> >> ${scene.path('done')}
actionunban = echo unban <note> <ip> >> ${scene.path('done')}
[Init]
note = one
`,
  );
  scene.write(log, '');
  scene.write('done', '');
});
afterEach(() => scene[Symbol.asyncDispose]());

const done = (): string[] => scene.read('done').split('\n').filter(Boolean);
const append = (...lines: string[]): void => appendFileSync(scene.path(log), lines.join(''));
const jails = (...texts: string[]): string => scene.write('fail2ban/jail.local', texts.join('\n'));
const start = (dryRun = false) => scene.start({ banWith: 'actions', dryRun, stateDir: scene.path('state') });
const isAlive = (pid: string): boolean => existsSync(`/proc/${pid.trim()}/cwd`);

test('a jail that stops ends a command that hangs, counts nobody for it, and can be started again', async () => {
  scene.write('pid', '');
  jails(botJail('slow', `ignorecommand = echo $$ > ${scene.path('pid')}; sleep 60\n`), botJail('web'));
  const daemon = start();
  append(hit('203.0.113.1'), hit('203.0.113.2'));
  await scene.until('the command', () => scene.read('pid') !== '');
  const pid = scene.read('pid');
  await daemon.control.stopJail('slow');
  expect(isAlive(pid)).toBe(false);
  expect(scene.logged('[slow]')).toEqual([]);
  await daemon.control.startJail('slow');
  expect(daemon.control.jails.get('slow')?.status).toMatchObject({ currentlyFailed: 0, totalBanned: 0 });
  await daemon.control.stopJail('slow');
}, 30_000);

test('a daemon that ends waits once for a command that hangs', async () => {
  scene.write('pid', '');
  const slow = `ignorecommand = echo $$ > ${scene.path('pid')}; sleep 60\n`;
  jails(botJail('slow', slow), botJail('other', slow));
  const daemon = start();
  append(hit('203.0.113.1'));
  await scene.until('the command', () => scene.read('pid') !== '');
  const { setTimeout: real } = globalThis;
  const waitedMs: number[] = [];
  const timer = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    const fire = (): void => {
      waitedMs.push(ms);
      act();
    };
    return real(fire, ms);
  }) as typeof setTimeout);
  try {
    await daemon.stop();
  } finally {
    timer.mockRestore();
  }
  expect(waitedMs.filter((ms) => ms >= 1000)).toEqual([expect.closeTo(5000, -2)]);
}, 30_000);

test('a ban that is on its way to the disk comes to an action that is added then once', async () => {
  jails(botJail('web'));
  const daemon = start();
  const jail = daemon.control.jails.get('web');
  jails(botJail('web', 'action = note\n'));
  const banned = jail?.ban(['203.0.113.1']);
  await Promise.all([banned, daemon.control.reload()]);
  await jail?.ban(['203.0.113.2']);
  await scene.until('the second ban', () => done().includes('ban one 203.0.113.2'));
  expect(done()).toEqual(['start one', 'ban one 203.0.113.1', 'ban one 203.0.113.2']);
});

test('a jail that was stopped takes no other settings, so that no action of it is started again', async () => {
  jails(botJail('web', 'action = note\n'), botJail('other'));
  const daemon = start();
  const jail = daemon.control.jails.get('web');
  if (jail === undefined) throw new Error('no jail');
  await daemon.control.stopJail('web');
  await expect(jail.reconfigure({ ...jail.config, maxRetry: 9 })).rejects.toMatchObject({
    code: 'ERR_BANWATCHD_UNKNOWN_JAIL',
  });
  expect(done()).toEqual(['start one', 'stop one']);
});

test('what a policy refuses is named by the line where it stands', async () => {
  const broken = botJail('grows', 'bantime.increment = true\nbantime.formula = ban.Time * (\n');
  jails(botJail('web'), broken, botJail('net', 'ignoreip = 10.0.0.0/33\n'));
  start();
  const lineOf = (text: string): number => scene.read('fail2ban/jail.local').split('\n').indexOf(text) + 1;
  const named = scene.logged('wrong configuration').map((line) => /jail\.local:(\d+): /.exec(line)?.[1]);
  expect(named).toEqual(['bantime.formula = ban.Time * (', 'ignoreip = 10.0.0.0/33'].map((text) => `${lineOf(text)}`));
});

test('a daemon that cannot start lets go of its state', async () => {
  jails('[web]\nenabled = false\n');
  expect(() => start()).toThrow(/no jail/);
  await scene.until('the state', () => {
    try {
      void openBanStore(scene.path('state')).close();
      return true;
    } catch {
      return false;
    }
  });
});

test('an action that is called by hand in a dry run is shown and not run', async () => {
  jails(botJail('web', 'action = note\n'));
  const daemon = start(true);
  await daemon.control.jails.get('web')?.runAction('note', 'ban', '203.0.113.1');
  expect(scene.commands.join('\n')).toContain('ban one 203.0.113.1');
  expect(done()).toEqual([]);
});

test('a ban keeps as many lines as maxmatches and dbmaxmatches allow', async () => {
  scene.write('fail2ban/fail2ban.conf', '[Definition]\ndbmaxmatches = 20\n');
  jails(botJail('web', 'maxretry = 15\nmaxmatches = 15\n').replace('maxretry = 1\n', ''));
  const daemon = start();
  append(...Array.from({ length: 15 }, () => hit('203.0.113.1')));
  await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
  const [ban] = [...(daemon.control.jails.get('web')?.bans ?? [])];
  expect(ban?.matches).toHaveLength(15);
});
