import { botFilter, botJail, hit } from '../testing/bot-jail.ts';
import { BotScene, botLog } from '../testing/bot-scene.ts';

const outsider = '203.0.113.9';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
  scene.write(
    'fail2ban/action.d/note.conf',
    `[Definition]
actionstart = echo start <name> <note> >> ${scene.path('done')}
actionstop = echo stop <name> <note> >> ${scene.path('done')}
actionflush = echo flush <name> <note> >> ${scene.path('done')}
actionreload = <reload>
actionban = echo ban <name> <note> <ip> <restored> >> ${scene.path('done')}
actionunban = echo unban <name> <note> <ip> >> ${scene.path('done')}
[Init]
note = one
reload =
`,
  );
  scene.write('done', '');
});
afterEach(() => scene[Symbol.asyncDispose]());

const done = (): string[] => scene.read('done').split('\n').filter(Boolean);
const start = () => scene.start({ banWith: 'actions', dryRun: false });
const noted = (name: string, more = ''): string => botJail(name, `action = note[name=%(__name__)s]\n${more}`);

describe('a reload', () => {
  test('touches nothing that is as it was', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => done().length === 2);
    scene.jails('# a comment moves all lines', noted('web'));
    await daemon.control.reload();
    expect(done()).toEqual(['start web one', `ban web one ${outsider} 0`]);
    scene.append(hit('203.0.113.10'));
    await scene.until('the next ban', () => done().length === 3);
    expect(scene.logged('Reload')).toEqual([
      'INFO    Reload all jails',
      "INFO    Reload jail 'web'",
      'INFO    Reload finished.',
    ]);
    expect(scene.logged('reloaded')).toEqual(["INFO    Jail 'web' reloaded"]);
  });

  test('keeps what was counted: with maxretry lowered the next failure bans', async () => {
    scene.jails(noted('web', 'maxretry = 5\n').replace('maxretry = 1\n', ''));
    const daemon = start();
    scene.append(hit(outsider), hit(outsider));
    await scene.until('two failures', () => scene.logged('Found').length === 2);
    scene.jails(noted('web', 'maxretry = 3\n').replace('maxretry = 1\n', ''));
    await daemon.control.reload();
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    expect(scene.logged('Found')).toHaveLength(3);
  });

  test('starts what is new and stops what is gone, and the others go on', async () => {
    scene.jails(noted('web'), noted('old'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('two bans', () => done().length === 4);
    scene.jails(noted('web'), noted('new'));
    await daemon.control.reload();
    expect([...daemon.control.jails.keys()]).toEqual(['web', 'new']);
    await scene.until('the start of the new one', () => done().length === 7);
    expect(done().slice(4).sort()).toEqual(['flush old one', 'start new one', 'stop old one']);
    expect(scene.logged("'old' stopped")).toHaveLength(1);
    expect(scene.logged('Unban')).toEqual([`NOTICE  [old] Unban ${outsider}`]);
    scene.append(hit('203.0.113.10'));
    await scene.until('both bans', () => done().filter((line) => line.includes('203.0.113.10')).length === 2);
  });

  test('reads other files, and those that stay from where they were', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    scene.write('root/var/log/nginx/access.log', hit('203.0.113.10'));
    scene.jails(
      noted('web', 'logpath = /var/log/apache*/*access.log\n  /var/log/nginx/access.log\n').replace(/logpath.*\n/, ''),
    );
    await daemon.control.reload();
    scene.append(hit('203.0.113.11'));
    await scene.until('both bans', () => scene.logged(' Ban ').length === 3);
    expect(scene.logged('Found')).toHaveLength(3);
    expect(daemon.control.jails.get('web')?.files).toEqual([
      scene.path(botLog),
      scene.path('root/var/log/nginx/access.log'),
    ]);
  });

  test('finds by the filter as it is now', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.write('fail2ban/filter.d/bot.conf', botFilter.replace('perl post', 'ruby post'));
    await daemon.control.reload();
    scene.append(hit(outsider), hit('203.0.113.10').replace('perl', 'ruby'));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    expect(scene.logged('Found').map((line) => line.split(' ').at(-4))).toEqual(['203.0.113.10']);
  });

  test('replaces a changed action, with the bans that stand', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => done().length === 2);
    scene.jails(botJail('web', 'action = note[name=web, note=two]\n'));
    await daemon.control.reload();
    await scene.until('the ban by the new one', () => done().length === 6);
    expect(done().slice(2)).toEqual(['flush web one', 'stop web one', 'start web two', `ban web two ${outsider} 1`]);
  });

  test('tells an action that wants to know of it', async () => {
    scene.jails(noted('web').replace('note[', `note[reload="echo reload >> ${scene.path('done')}", `));
    const daemon = start();
    await scene.until('the start', () => done().length === 1);
    await daemon.control.reload();
    expect(done()).toEqual(['start web one', 'reload']);
  });

  test('a jail that is broken goes on by its old configuration, and the log says what is wrong', async () => {
    scene.jails(noted('web'), noted('other'));
    const daemon = start();
    scene.jails(noted('web', 'bantime = soon\n'), noted('other', 'filter = nosuch\n').replace('filter = bot\n', ''));
    await daemon.control.reload();
    expect(scene.logged('goes on by its old configuration')).toHaveLength(2);
    expect(scene.logged('skipped').join('\n')).toMatch(/'web'.*jail\.local:\d+: .*soon/);
    expect(daemon.control.config.problems).toHaveLength(2);
    scene.append(hit(outsider));
    await scene.until('both bans', () => scene.logged(' Ban ').length === 2);
  });

  test('is refused as a whole where [DEFAULT] is broken, and all go on', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.jails('[DEFAULT]\nno option\n', noted('web'));
    await expect(daemon.control.reload()).rejects.toMatchObject({ code: 'ERR_BANWATCHD_CONFIG' });
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
  });

  test('of one jail leaves the others as they are', async () => {
    scene.jails(noted('web'), noted('other'));
    const daemon = start();
    scene.jails(noted('web', 'bantime = 5m\n'), noted('other', 'bantime = 5m\n'));
    await daemon.control.reload({ jail: 'web' });
    const { jails: running } = daemon.control;
    expect([running.get('web')?.config.banTimeMs, running.get('other')?.config.banTimeMs]).toEqual([300_000, 600_000]);
    await expect(daemon.control.reload({ jail: 'nosuch' })).rejects.toMatchObject({
      code: 'ERR_BANWATCHD_UNKNOWN_JAIL',
    });
    await daemon.control.reload({ jail: 'nosuch', ifExists: true });
  });

  test('with restart stops and starts, with unban lets all in', async () => {
    scene.jails(noted('web'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => done().length === 2);
    await daemon.control.reload({ restart: true, unban: true });
    await scene.until('the new start', () => done().length === 5);
    expect(daemon.control.jails.get('web')?.status.currentlyBanned).toBe(0);
    expect(done().slice(2)).toEqual(['flush web one', 'stop web one', 'start web one']);
    scene.append(hit(outsider));
    await scene.until('the ban after it', () => scene.logged(' Ban ').length === 2);
  });
});

describe('a jail', () => {
  test('is started by hand, enabled or not, and stopped', async () => {
    scene.jails(noted('web'), noted('off').replace('enabled = true', 'enabled = false'));
    const daemon = start();
    await daemon.control.startJail('off');
    scene.append(hit(outsider));
    await scene.until('both bans', () => scene.logged(' Ban ').length === 2);
    await daemon.control.stopJail('web');
    expect([...daemon.control.jails.keys()]).toEqual(['off']);
    await expect(daemon.control.stopJail('web')).rejects.toMatchObject({ code: 'ERR_BANWATCHD_UNKNOWN_JAIL' });
    expect(scene.logged("'off' started")).toHaveLength(1);
    const said = scene.log.length;
    await expect(daemon.control.startJail('nosuch')).rejects.toMatchObject({ code: 'ERR_BANWATCHD_UNKNOWN_JAIL' });
    expect(scene.log.slice(said)).toEqual([]);
    expect(scene.logged('Reload')).toEqual([]);
  });

  test('that is idle counts nothing of what is written meanwhile', async () => {
    scene.jails(noted('web'), noted('other'));
    const daemon = start();
    const web = daemon.control.jails.get('web');
    if (web) web.idle = true;
    scene.append(hit(outsider));
    await scene.until('the ban of the other', () => scene.logged(' Ban ').length === 1);
    if (web) web.idle = false;
    scene.append(hit('203.0.113.10'));
    await scene.until('both bans', () => scene.logged('[web] Ban').length === 1);
    expect(scene.logged(' Ban ').sort()).toEqual([
      'NOTICE  [other] Ban 203.0.113.10',
      `NOTICE  [other] Ban ${outsider}`,
      'NOTICE  [web] Ban 203.0.113.10',
    ]);
  });

  test('bans, lets in and counts by hand', async () => {
    scene.jails(noted('web', 'maxretry = 2\n').replace('maxretry = 1\n', ''));
    const web = start().control.jails.get('web');
    expect(await web?.ban(['203.0.113.1', '203.0.113.2', '203.0.113.1', '198.51.100.0/24'])).toBe(3);
    expect([web?.isBanned('203.0.113.1'), web?.isBanned('203.0.113.0/24'), web?.isBanned('192.0.2.1')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await web?.unban(['203.0.113.0/30', '192.0.2.1'])).toEqual(['203.0.113.1', '203.0.113.2']);
    await web?.attempt('192.0.2.7', ['first', 'second']);
    await scene.until('the ban', () => done().includes('ban web one 192.0.2.7 0'));
    expect([...(web?.bans ?? [])].map(({ id, matches }) => [id, matches])).toEqual([
      ['198.51.100.0/24', []],
      ['192.0.2.7', ['first', 'second']],
    ]);
    expect(await web?.unbanAll()).toBe(2);
    await scene.until('the flush', () => done().includes('flush web one'));
    expect(done().filter((line) => line.startsWith('unban'))).toEqual([
      'unban web one 203.0.113.1',
      'unban web one 203.0.113.2',
    ]);
  });

  test('runs an operation of its action by hand', async () => {
    scene.jails(noted('web'));
    const web = start().control.jails.get('web');
    await scene.until('the start', () => done().length === 1);
    await web?.runAction('note', 'ban', '192.0.2.9');
    await web?.runAction('note', 'flush');
    expect(done()).toEqual(['start web one', 'ban web one 192.0.2.9 0', 'flush web one']);
    await expect(web?.runAction('nosuch', 'ban', '192.0.2.9')).rejects.toMatchObject({
      code: 'ERR_BANWATCHD_UNKNOWN_ACTION',
    });
  });
});
