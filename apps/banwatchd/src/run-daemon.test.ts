import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runDaemon } from './run-daemon.ts';
import { botJail } from './testing/bot-jail.ts';
import { BotScene } from './testing/bot-scene.ts';

let scene: BotScene;
beforeEach(() => {
  scene = new BotScene();
  scene.jails(botJail('web'));
});
afterEach(() => scene[Symbol.asyncDispose]());

const optionsOf = () => ({
  config: scene.configDir,
  defaults: false,
  root: scene.root,
  table: 'sluice',
  dryRun: true,
  summary: false,
  banWith: 'actions' as const,
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
