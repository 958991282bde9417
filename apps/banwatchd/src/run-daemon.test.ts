import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { until } from '../../../tools/testing/until.ts';
import { runDaemon } from './run-daemon.ts';
import { botJail } from './testing/bot-jail.ts';
import { BotScene } from './testing/bot-scene.ts';
import { DatagramListener } from './testing/datagram-listener.ts';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
  scene.jails(botJail('web'));
  scene.write('ban-with.conf', '');
});
afterEach(() => scene[Symbol.asyncDispose]());

const optionsOf = () => ({
  config: scene.configDir,
  defaults: false,
  root: scene.root,
  table: 'sluice',
  dryRun: true,
  summary: false,
  banWith: ['actions' as const],
  banWithFile: scene.path('ban-with.conf'),
  socket: scene.path('run/sock'),
  pidFile: scene.path('run/pid'),
  logtarget: scene.path('d.log'),
});

test('is ready when the log holds what it has to say of the start, its version first', async () => {
  const abort = new AbortController();
  let log = '';
  await runDaemon(optionsOf(), abort.signal, () => {
    log = scene.read('d.log');
    abort.abort();
  });
  expect(log).toMatch(/Starting banwatchd v\d+\.\d+\.\d+ with /);
  expect(log).toContain("Jail 'web' started");
});

test('beside a daemon whose pid file is the same, touches nothing', async () => {
  const child = spawn('sleep', ['60'], { argv0: 'banwatchd', env: process.env });
  try {
    scene.write('run/pid', `${child.pid}\n`);
    const running = runDaemon(optionsOf(), new AbortController().signal, () => {});
    await expect(running).rejects.toMatchObject({ code: 'ERR_BANWATCHD_RUNNING' });
    expect(scene.read('run/pid')).toBe(`${child.pid}\n`);
    expect(existsSync(scene.path('d.log'))).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
});

describeWith([program('python3')], 'under a service manager', () => {
  test('says when it is ready, when it reads its configuration again, and when it ends', async () => {
    const listener = await DatagramListener.open(scene.path('notify'));
    process.env['NOTIFY_SOCKET'] = scene.path('notify');
    const abort = new AbortController();
    try {
      const said = (state: string) => listener.received.filter((text) => text.startsWith(state)).length;
      let readyLog = '';
      const running = runDaemon(optionsOf(), abort.signal, () => {
        readyLog = scene.read('d.log');
      });
      await until(() => said('READY=1\nSTATUS=1 jail, 0 banned') === 1);
      expect(readyLog).toContain("Jail 'web' started");
      process.emit('SIGHUP');
      await until(() => said('RELOADING=1') === 1 && said('READY=1') === 2);
      abort.abort();
      await running;
      await until(() => said('STOPPING=1') === 1);
    } finally {
      delete process.env['NOTIFY_SOCKET'];
      abort.abort();
      await listener.close();
    }
  });
});
