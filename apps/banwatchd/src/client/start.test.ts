import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ProgramScene } from '../../../../tools/testing/program-scene.ts';
import { until } from '../../../../tools/testing/until.ts';

let scene: ProgramScene;
let options: string[];

const pidOf = (): number => Number(readFileSync(scene.path('run/pid'), 'utf8'));
const isAlive = (pid: number): boolean => {
  const state = /^State:\s+(\w)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== 'Z';
};
const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const banwatch = (...args: string[]) => scene.program([...options, ...args]);
const seen = ({ status, out, errors }: { status: number | null; out: string; errors: string }) => ({
  status,
  out,
  errors: errors.replace(/^.*\[\d+\]: /gm, ''),
});

beforeEach(() => {
  scene = new ProgramScene(new URL('../../bin/banwatch.cjs', import.meta.url));
  scene.write('conf/jail.conf', `[web]\nenabled = true\nfilter = bot\nlogpath = ${scene.path('a.log')}\n`);
  scene.write('conf/filter.d/bot.conf', '[Definition]\nfailregex = ^<HOST> bad\n');
  scene.write('a.log', '');
  options = Object.entries({
    conf: 'conf',
    socket: 'run/sock',
    pidfile: 'run/pid',
    state: 'state',
    logtarget: 'd.log',
  }).flatMap(([name, value]) => [`--${name}`, scene.path(value)]);
});
afterEach(() => {
  if (existsSync(scene.path('run/pid')) && isAlive(pidOf())) process.kill(pidOf(), 'SIGKILL');
  scene[Symbol.dispose]();
});

describe('banwatch start', () => {
  test('starts the daemon in a session of its own, and stop leaves nothing behind', () => {
    expect(seen(banwatch('start'))).toEqual({ status: 0, out: 'Server ready\n', errors: '' });
    const pid = pidOf();
    const session = spawnSync('ps', ['-o', 'sid=', '-p', String(pid)], { encoding: 'utf8', env: process.env }).stdout;
    expect(session.trim()).toBe(String(pid));
    expect(seen(banwatch('start'))).toEqual({ status: 255, out: '', errors: 'ERROR   Server already running\n' });
    expect(seen(banwatch('stop'))).toEqual({ status: 0, out: 'Shutdown successful\n', errors: '' });
    expect([existsSync(scene.path('run/sock')), existsSync(scene.path('run/pid'))]).toEqual([false, false]);
    expect(readFileSync(scene.path('d.log'), 'utf8')).toContain('Exiting banwatchd');
  });

  test('bans stand over restart, and over kill -9', async () => {
    banwatch('start');
    expect(banwatch('set', 'web', 'banip', '192.0.2.1').out).toBe('1\n');
    const first = pidOf();
    expect(banwatch('restart').out).toBe('Shutdown successful\nServer ready\n');
    expect(pidOf()).not.toBe(first);
    expect(banwatch('banned').out).toBe("[{'web': ['192.0.2.1']}]\n");
    const second = pidOf();
    process.kill(second, 'SIGKILL');
    await until(() => !isAlive(second));
    expect(banwatch('status').errors).toMatch(/ECONNREFUSED.*Unable to contact server. Is it running\?/);
    expect(banwatch('start').out).toBe('Server ready\n');
    expect(banwatch('banned').out).toBe("[{'web': ['192.0.2.1']}]\n");
    banwatch('stop');
  });

  test('finds the daemon by a socket in the folder where both are started', () => {
    expect(banwatch('--socket', '4711', 'start').out).toBe('Server ready\n');
    expect(banwatch('--socket', '4711', 'ping').out).toBe('Server replied: pong\n');
    expect(banwatch('--socket', '4711', 'stop').out).toBe('Shutdown successful\n');
  });

  test('says what keeps the daemon from starting', () => {
    const { status, out, errors } = seen(banwatch('-c', scene.path('nosuch'), 'start'));
    expect({ status, out }).toEqual({ status: 255, out: '' });
    expect(errors).toMatch(/^ERROR {3}Could not start server: no jail of .*nosuch can run; /);
  });

  test('starts what is sound, and says what is not', () => {
    scene.write('conf/jail.local', '[bad]\nenabled = true\nfilter = nosuch\nlogpath = /a.log\n');
    const { status, out, errors } = seen(banwatch('start'));
    expect({ status, out }).toEqual({ status: 0, out: 'Server ready\n' });
    expect(errors).toMatch(/^ERROR {3}Jail 'bad' skipped, because of wrong configuration: .*jail\.local:3: .*nosuch/);
    expect(seen(banwatch('reload'))).toMatchObject({
      status: 0,
      out: 'OK\n',
      errors: expect.stringContaining("'bad'"),
    });
    banwatch('stop');
  });

  test('in the foreground ends when it is told to, with the daemon', async () => {
    const running = scene.start([...options, '-f', 'start']);
    await until(() => existsSync(scene.path('run/pid')));
    const pid = pidOf();
    running.child.kill('SIGTERM');
    const { status } = await running.ended;
    expect(status).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  test('a client that is interrupted ends at once and leaves the daemon alone', async () => {
    banwatch('start');
    const running = scene.start([...options, 'sleep', '30']);
    running.child.kill('SIGINT');
    expect([255, null]).toContain((await running.ended).status);
    expect(banwatch('ping').out).toBe('Server replied: pong\n');
    banwatch('stop');
  });
});

describe('signals of the daemon', () => {
  test('SIGHUP reads the configuration again, SIGUSR1 opens the log anew', async () => {
    banwatch('start');
    const log = (): string => readIfThere(scene.path('d.log'));
    scene.write('conf/jail.local', '[web]\nmaxretry = 7\n');
    process.kill(pidOf(), 'SIGHUP');
    await until(() => log().includes('Reload finished.'));
    expect(banwatch('get', 'web', 'maxretry').out).toBe('7\n');
    scene.attempt('mv', [scene.path('d.log'), scene.path('d.log.1')]);
    process.kill(pidOf(), 'SIGUSR1');
    await until(() => log().includes('rollover performed'));
    expect(readFileSync(scene.path('d.log.1'), 'utf8')).toContain('Reload finished.');
    expect(banwatch('stop').status).toBe(0);
  });
});
