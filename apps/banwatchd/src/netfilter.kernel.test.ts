import { killChildren } from '../../../tools/testing/child.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../tools/testing/network-namespace.ts';
import { until } from '../../../tools/testing/until.ts';
import { botJail, hit } from './testing/bot-jail.ts';
import { BotScene } from './testing/bot-scene.ts';
import { bannedIn, KernelDaemon } from './testing/kernel-daemon.ts';

const first = '203.0.113.9';
const second = '203.0.113.10';

describeWith(namespaces, 'the daemon and the kernel', () => {
  let scene: BotScene;
  let namespace: NetworkNamespace;
  beforeEach(async () => {
    scene = new BotScene();
    scene.write('ban-with.conf', '');
    namespace = await NetworkNamespace.open();
  });
  afterEach(async () => {
    await killChildren();
    await namespace.close();
    await scene[Symbol.asyncDispose]();
  });

  const start = (): KernelDaemon =>
    new KernelDaemon(namespace, {
      configDir: scene.configDir,
      root: scene.root,
      stateDir: scene.path('state'),
      banWithFile: scene.path('ban-with.conf'),
    });
  const banned = (): string[] => bannedIn(namespace);
  const untilBanned = (...wanted: readonly string[]): Promise<void> =>
    until(
      () => banned().join() === wanted.join(),
      () => ({ wanted, banned: banned(), rules: namespace.run('nft', 'list', 'ruleset') }),
    );

  test('a line of a log gets into the kernel, and what somebody flushed is put back', async () => {
    scene.jails(botJail('web'));
    const daemon = start();
    await daemon.until('Banning with netfilter over ');
    scene.append(hit(first));
    await untilBanned(first);
    namespace.run('nft', 'flush', 'ruleset');
    await untilBanned(first);
    await daemon.until('netfilter: all bans are in effect again');
    expect(daemon.logged('putting it back')).toHaveLength(1);
    expect(await daemon.end()).toBe(0);
  });

  test('after kill -9 exactly the bans of the state stand: what nobody wants any more is let in', async () => {
    scene.jails(botJail('web'), botJail('other', 'bantime = 1h\n'));
    let daemon = start();
    scene.append(hit(first), hit(second));
    await untilBanned(second, first);
    expect(await daemon.end('SIGKILL')).toBe('SIGKILL');
    expect(banned()).toEqual([second, first]);
    const set = /set (all4_32) /.exec(namespace.run('nft', 'list', 'table', 'inet', 'sluice'))?.[1] ?? '';
    namespace.run('nft', 'add', 'element', 'inet', 'sluice', set, '{ 198.51.100.77 timeout 1h }');
    namespace.run('nft', 'delete', 'element', 'inet', 'sluice', set, `{ ${first} }`);
    daemon = start();
    await untilBanned(second, first);
    expect(daemon.logged('Restore Ban').map((line) => line.replace(/^.*\[(\w+)\] Restore Ban /, '$1 '))).toEqual(
      expect.arrayContaining([`web ${first}`, `web ${second}`, `other ${first}`, `other ${second}`]),
    );
    expect(await daemon.end()).toBe(0);
    expect(banned()).toEqual([second, first]);
  });

  test('a reload that removes a jail lets in whom it alone banned', async () => {
    scene.jails(botJail('web'), botJail('other').replace('*access', 'b_access'));
    const daemon = start();
    await daemon.until("Jail 'other' started");
    scene.append(hit(first), hit(second));
    await untilBanned(second, first);
    scene.jails(botJail('other').replace('*access', 'b_access'));
    daemon.kill('SIGHUP');
    await untilBanned();
    expect(await daemon.end()).toBe(0);
    expect(daemon.logged('[web] Unban')).toHaveLength(2);
  });

  test('a second daemon on the same table is refused, and says why', async () => {
    scene.jails(botJail('web'));
    const daemon = start();
    await daemon.until('Banning with netfilter over netlink (');
    const second = new KernelDaemon(namespace, {
      configDir: scene.configDir,
      root: scene.root,
      stateDir: scene.path('other-state'),
    });
    await second.until('netfilter cannot start: ');
    expect(await second.ended).toBe(2);
    expect(second.logged('netfilter cannot start: ')[0]).toMatch(/sluice/);
    scene.append(hit(first));
    await untilBanned(first);
    expect(await daemon.end()).toBe(0);
  });

  test.each([
    ['keep', [first]],
    ['flush', []],
    ['delete', []],
  ])('with onstop = %s, its end leaves what it says', async (onStop, wanted) => {
    scene.jails(botJail('web'));
    scene.write('ban-with.conf', `[netfilter]\nonstop = ${onStop}\n`);
    const daemon = start();
    scene.append(hit(first));
    await untilBanned(first);
    expect(await daemon.end()).toBe(0);
    expect(banned()).toEqual(wanted);
    expect(namespace.run('nft', 'list', 'tables').includes('sluice')).toBe(onStop !== 'delete');
  });

  test('with ports = jail, bans are of the ports of the jail', async () => {
    scene.write('fail2ban/action.d/block.conf', '[Definition]\nactionban = true <ip>\n');
    const action = 'action = block[port="http,8080", protocol="tcp"]\n';
    scene.jails(botJail('web', action));
    scene.write('ban-with.conf', '[netfilter]\nports = jail\n');
    const daemon = start();
    scene.append(hit(first));
    await untilBanned(`${first} . tcp . 80`, `${first} . tcp . 8080`);
    expect(await daemon.end()).toBe(0);
  });
});
