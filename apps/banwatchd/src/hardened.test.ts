import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { namespacesOf } from '../../../tools/testing/network-namespace.ts';
import { type Running, runProgram, startProgram } from '../../../tools/testing/run-program.ts';
import { until } from '../../../tools/testing/until.ts';
import { botJail, hit } from './testing/bot-jail.ts';
import { BotScene, botLog } from './testing/bot-scene.ts';
import { DatagramListener } from './testing/datagram-listener.ts';

const hardened = fileURLToPath(new URL('../testdata/hardened.sh', import.meta.url));
const banwatchd = fileURLToPath(new URL('../bin/banwatchd.cjs', import.meta.url));
const attacker = '203.0.113.9';
const adm = 4;
const nobody = 65534;

const needs = [...namespacesOf('root'), program('setpriv', 'util-linux'), program('python3')];

describeWith(needs, 'under the limits of its unit', () => {
  let scene: BotScene;
  let listener: DatagramListener;
  let daemon: Running | undefined;

  beforeEach(async () => {
    scene = new BotScene();
    scene.jails(botJail('web'));
    chmodSync(scene.dir, 0o755);
    chmodSync(scene.path(botLog), 0o640);
    chownSync(scene.path(botLog), 0, adm);
    mkdirSync(scene.path('own'));
    chownSync(scene.path('own'), nobody, nobody);
    listener = await DatagramListener.open(scene.path('notify'));
    chmodSync(scene.path('notify'), 0o777);
  });
  afterEach(async () => {
    daemon?.child.kill('SIGKILL');
    await daemon?.ended;
    await listener.close();
    await scene[Symbol.asyncDispose]();
  });

  /** What a program says in the daemon's network namespace. */
  const inside = (pid: number, ...argv: readonly string[]): string =>
    runProgram(['nsenter', '-t', String(pid), '-n', ...argv], { env: process.env }).out;

  test('it reads a log of adm, bans in the kernel, keeps its state and tells the service manager', async () => {
    const options = {
      config: scene.configDir,
      root: scene.root,
      state: scene.path('own/state'),
      socket: scene.path('own/run/sock'),
      'pid-file': scene.path('own/run/pid'),
      logtarget: scene.path('own/log'),
      'ban-with': 'netfilter',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const run = ['unshare', '-n', '-m', 'sh', hardened, scene.path('own'), process.execPath, banwatchd, ...args];
    const env = { ...process.env, NOTIFY_SOCKET: scene.path('notify'), WATCHDOG_USEC: '200000' };
    daemon = startProgram(run, { env });
    const { pid = 0 } = daemon.child;
    await listener.until('READY=1');
    await listener.until('WATCHDOG=1');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(/^CapEff:\s+0*1000$/m.test(status)).toBe(true);
    expect(/^Uid:\s+65534\b/m.test(status)).toBe(true);
    scene.append(hit(attacker));
    const rules = () => inside(pid, 'nft', 'list', 'table', 'inet', 'sluice');
    await until(() => rules().includes(attacker), rules);
    await listener.until('STATUS=1 jail, 1 banned');
    const log = readFileSync(scene.path('own/log'), 'utf8');
    expect(log).toMatch(/Banning with netfilter over \w+ \(/);
    daemon.child.kill('SIGHUP');
    await listener.until('RELOADING=1\nMONOTONIC_USEC=');
    await until(() => listener.received.filter((text) => text.startsWith('READY=1')).length === 2);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toEqual({ status: 0, out: '', errors: '' });
    await listener.until('STOPPING=1');
  });
});
