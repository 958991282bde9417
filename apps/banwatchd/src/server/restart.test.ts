import { botJail, hit } from '../testing/bot-jail.ts';
import { BotScene } from '../testing/bot-scene.ts';

const outsider = '203.0.113.9';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
});
afterEach(() => scene[Symbol.asyncDispose]());

const start = () => scene.start({ stateDir: scene.path('state') });
/** Ends the daemon, and forgets what it logged. */
async function end(daemon: ReturnType<typeof start>): Promise<void> {
  await daemon.stop();
  scene.log.length = 0;
  scene.commands.length = 0;
}

describe('after a restart', () => {
  test('bans are applied again, and end when they were to end', async () => {
    scene.jails(botJail('web'));
    let daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    const [before] = daemon.control.jails.get('web')?.bans ?? [];
    await end(daemon);
    daemon = start();
    await scene.until('the ban', () => scene.logged('Restore Ban').length === 1);
    expect(scene.commands.join('\n')).toContain(outsider);
    const [after] = daemon.control.jails.get('web')?.bans ?? [];
    expect(after).toEqual(before);
  });

  test('no line is counted twice, and none that was written meanwhile is left out', async () => {
    scene.jails(botJail('web', 'maxretry = 3\n').replace('maxretry = 1\n', ''));
    let daemon = start();
    scene.append(hit(outsider));
    await scene.until('the first failure', () => scene.logged('Found').length === 1);
    await end(daemon);
    scene.append(hit(outsider));
    daemon = start();
    await scene.until('the second failure', () => scene.logged('Found').length === 1);
    expect(daemon.control.jails.get('web')?.status).toMatchObject({ currentlyFailed: 1, currentlyBanned: 0 });
    await end(daemon);
    scene.append(hit(outsider));
    daemon = start();
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    const [ban] = daemon.control.jails.get('web')?.bans ?? [];
    expect(ban).toMatchObject({ failures: 3, count: 1 });
    expect(ban?.matches).toHaveLength(3);
  });

  test('a ban is no longer than the jail bans now', async () => {
    scene.jails(botJail('web', 'bantime = 5h\n'));
    let daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    await end(daemon);
    scene.jails(botJail('web', 'bantime = 1h\n'));
    daemon = start();
    await scene.until('the ban', () => scene.logged('Restore Ban').length === 1);
    const [ban] = daemon.control.jails.get('web')?.bans ?? [];
    expect((ban?.endMs ?? 0) - (ban?.bannedAtMs ?? 0)).toBe(3_600_000);
  });

  test('who is ignored by now is not banned again', async () => {
    scene.jails(botJail('web'));
    let daemon = start();
    scene.append(hit(outsider), hit('198.51.100.1'));
    await scene.until('both bans', () => scene.logged(' Ban ').length === 2);
    await end(daemon);
    scene.jails(botJail('web', 'ignoreip = 203.0.113.0/24\n'));
    daemon = start();
    await scene.until('the other ban', () => scene.logged('Restore Ban').length === 1);
    expect([...(daemon.control.jails.get('web')?.bans ?? [])].map(({ id }) => id)).toEqual(['198.51.100.1']);
    expect(scene.logged('Ignore')).toEqual([`INFO    [web] Ignore ${outsider} by ip`]);
  });

  test('who was let in by hand stays in', async () => {
    scene.jails(botJail('web'));
    let daemon = start();
    scene.append(hit(outsider));
    await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
    await daemon.control.jails.get('web')?.unban([outsider]);
    await end(daemon);
    daemon = start();
    scene.append(hit('198.51.100.1'));
    await scene.until('another ban', () => scene.logged(' Ban ').length === 1);
    expect(scene.logged('Restore')).toEqual([]);
  });

  test('a ban of one who was banned before it is the longer', async () => {
    scene.jails(botJail('web', 'bantime = 1s\nbantime.increment = true\n'));
    const daemon = start();
    scene.append(hit(outsider));
    await scene.until('the end of the ban', () => scene.logged('Unban').length === 1);
    await end(daemon);
    start();
    scene.append(hit(outsider));
    await scene.until('the longer ban', () => scene.logged('Increase Ban').length === 1);
    expect(scene.logged('Increase Ban')[0]).toContain(`Increase Ban ${outsider} (2 # 2s -> `);
  });
});

test('a jail that is started anew goes on with its bans and counts', async () => {
  scene.jails(botJail('web', 'maxretry = 2\n').replace('maxretry = 1\n', ''));
  const { control } = start();
  scene.append(hit(outsider), hit(outsider), hit('198.51.100.1'));
  await scene.until('the failures', () => scene.logged('Found').length === 3);
  await control.reload({ restart: true });
  await scene.until('the ban', () => scene.logged('Restore Ban').length === 1);
  scene.append(hit('198.51.100.1'));
  await scene.until('the other ban', () => scene.logged('[web] Ban').length === 2);
  expect(scene.logged('Found')).toHaveLength(4);
});

test('dbfile = None: nothing is kept', async () => {
  scene.write('fail2ban/fail2ban.conf', '[Definition]\ndbfile = None\n');
  scene.jails(botJail('web'));
  const daemon = start();
  scene.append(hit(outsider));
  await scene.until('the ban', () => scene.logged(' Ban ').length === 1);
  expect(daemon.control.database.path).toBeUndefined();
  await end(daemon);
  start();
  await scene.until('the ban, from the log', () => scene.logged(' Ban ').length === 1);
  expect(scene.logged('Restore')).toEqual([]);
});

test('a second daemon on the same state is refused', () => {
  scene.jails(botJail('web'));
  start();
  expect(() => scene.start({ stateDir: scene.path('state') })).toThrow(
    expect.objectContaining({ code: 'ERR_BAN_POLICY_STORE_LOCKED' }),
  );
});

test('bans of a jail that is broken now go on standing, and those of one that is gone do not', async () => {
  scene.jails(botJail('web'), botJail('gone').replace('*access', 'gone'));
  scene.write('root/var/log/apache2/gone.log', '');
  const daemon = start();
  scene.append(hit(outsider));
  scene.write('root/var/log/apache2/gone.log', hit('198.51.100.1'));
  await scene.until('both bans', () => scene.logged(' Ban ').length === 2);
  await end(daemon);
  scene.jails(botJail('web', 'findtime = nonsense\n'), botJail('new'));
  await start().ready;
  const commands = scene.commands.join('\n');
  expect(commands).toContain(outsider);
  expect(commands).not.toContain('198.51.100.1');
  expect(scene.logged('1 bans stand of jails that cannot run')).toHaveLength(1);
});
