import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Scene } from './testing/scene.ts';

const program = fileURLToPath(new URL('../bin/banwatchd.cjs', import.meta.url));

/** Runs the program; `act` gets its output so far whenever there is more. */
function run(
  args: readonly string[],
  act: (out: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
  env: NodeJS.ProcessEnv = process.env,
) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const result = { out: '', errors: '' };
  child.stdout.on('data', (data) => {
    result.out += data;
    act(result.out, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (data) => {
    result.errors += data;
  });
  return new Promise<{ code: number | null; out: string; errors: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, ...result })),
  );
}

let scene: Scene;
/** Places of the scene's own for what a daemon keeps. */
const own = (): string[] =>
  Object.entries({ socket: 'run/sock', 'pid-file': 'run/pid', state: 'state' }).flatMap(([option, name]) => [
    `--${option}`,
    scene.path(name),
  ]);

beforeEach(() => {
  scene = new Scene();
  scene.write('fail2ban/jail.conf', '[web]\nenabled = true\nfilter = bot\nlogpath = /var/log/a.log\n');
  scene.write('fail2ban/filter.d/bot.conf', '[Definition]\nfailregex = ^<HOST> perl post\n');
  scene.write('root/var/log/a.log', '192.0.2.1 hello\n');
});
afterEach(() => scene[Symbol.asyncDispose]());

describe('the program banwatchd', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends cleanly on %s: actions stopped, summary printed, exit 0',
    async (signal) => {
      const args = ['--config', scene.configDir, '--root', scene.root, '--dry-run', '--summary'];
      let sent = false;
      const { code, out, errors } = await run(args, (soFar, kill) => {
        if (sent || !soFar.includes("Jail 'web' started")) return;
        sent = true;
        kill(signal);
      });
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(out).toContain("Jail 'web' stopped");
      expect(out).toMatch(/^Found 0 failures; banned 0/m);
    },
  );

  test('a dry run ends when nobody reads any more what it would do', async () => {
    const args = [program, '--config', scene.configDir, '--root', scene.root, '--dry-run'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: process.env });
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
    let out = '';
    for await (const text of child.stdout) {
      out += text;
      if (out.includes("Jail 'web' started")) break;
    }
    child.stdout.destroy();
    appendFileSync(scene.path('root/var/log/a.log'), '192.0.2.1 perl post\n');
    expect(await ended).toEqual([0, null]);
  });

  test('gives the journal bare messages with their priority, and a name to find them by', async () => {
    scene.write('bin/systemd-cat', `#!/bin/sh\necho "$@" > ${scene.path('args')}\ncat > ${scene.path('journal')}\n`);
    chmodSync(scene.path('bin/systemd-cat'), 0o755);
    const args = ['--config', scene.configDir, '--root', scene.root, '--dry-run', '--ban-with', 'netfilter'];
    let sent = false;
    const end = (_: string, kill: (signal: NodeJS.Signals) => void): void => {
      if (!sent) kill('SIGTERM');
      sent = true;
    };
    const { code, errors } = await run([...args, '--logtarget', 'SYSTEMD-JOURNAL'], end, {
      ...process.env,
      PATH: `${scene.path('bin')}:${process.env['PATH']}`,
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(scene.read('args')).toBe('--identifier=fail2ban --level-prefix=true\n');
    const lines = scene.read('journal').trimEnd().split('\n');
    expect(lines[0]).toMatch(/^<6>Starting banwatchd v\d+\.\d+\.\d+ with /);
    expect(lines).toContain("<6>Jail 'web' stopped");
    expect(lines.at(-1)).toBe('<6>Exiting banwatchd');
  });

  test('says in one line what keeps it from starting, and exits 2', async () => {
    const { code, errors } = await run([...own(), '--config', `${scene.dir}/nosuch`]);
    expect(code).toBe(2);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toMatch(/^banwatchd: .*nosuch.*; /);
  });

  test('ends with what is missing and the cure when the firewall cannot be set up', async () => {
    const args = [
      ...own(),
      '--config',
      scene.configDir,
      '--root',
      scene.root,
      '--ban-with',
      'netfilter',
      '--ban-with-file',
      // Never over netlink: that would be this machine's firewall.
      scene.write('ban-with.conf', '[netfilter]\ntransport = nft\n'),
      '--logtarget',
      'stdout',
    ];
    const { code, out, errors } = await run(args, () => {}, { PATH: scene.dir });
    expect(code).toBe(2);
    expect(errors).toMatch(/^banwatchd: .*nft.*; .*nftables/);
    expect(out).toContain("Jail 'web' stopped");
  });

  test('a wrong option is exit 2 with the usage fault', async () => {
    const { code, errors } = await run(['--ban-with', 'ipfw']);
    expect(code).toBe(2);
    expect(errors).toMatch(/ban-with.*ipfw.*actions, netfilter/);
  });

  test('--help shows every option and examples', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const part of [
      '--config',
      '--root',
      '--jail',
      '--ban-with',
      '--dry-run',
      '--checkpoint',
      'Examples:',
      'Exit status:',
    ])
      expect(out).toContain(part);
  });
});
