import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { runTest } from '../test-command/index.ts';
import { casesNowMs, ownCases } from '../testing/own-cases.ts';
import { Scene } from '../testing/scene.ts';
import { defaultsDir } from './defaults-dir.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene[Symbol.asyncDispose]());

/** `Nov 23 10:00:00`, in this machine's time. */
const syslogTime = (timeMs: number): string => {
  const parts = new Date(timeMs).toString().split(' ');
  return `${parts[1]} ${parts[2]} ${parts[4]}`;
};

describe('banwatchd --defaults', () => {
  test('bans by the jails that come with it, whatever logs there are, and a repeated offender from everything', async () => {
    const nowMs = Date.now();
    const failure = (port: number) =>
      `${syslogTime(nowMs - 30_000)} host sshd[1]: Failed password for root from 192.0.2.66 port ${port} ssh2\n`;
    const bans = Array.from(
      { length: 5 },
      (_, index) =>
        `${new Date(nowMs - 1000 * index - 40_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ')},123 fail2ban.actions        [7]: NOTICE  [web-probes] Ban 198.51.100.9\n`,
    );
    scene.write('root/var/log/auth.log', [1, 2, 3, 4].map(failure).join(''));
    scene.write('root/var/log/banwatchd.log', bans.toReversed().join(''));
    const daemon = scene.start({ defaults: true });
    await scene.until('the ban of the repeated offender', () => daemon.stats().bans === 1);
    appendFileSync(`${scene.root}/var/log/auth.log`, failure(5));
    await scene.until('the other ban', () => daemon.stats().bans === 2);
    expect(scene.logged(' Ban ').toSorted()).toEqual([
      'NOTICE  [recidive] Ban 198.51.100.9',
      'NOTICE  [sshd] Ban 192.0.2.66',
    ]);
    expect(scene.log.filter((line) => / (?:ERROR|CRITICAL) /.test(line))).toEqual([]);
    expect(scene.commands.join('\n')).toContain('192.0.2.66');
  });
});

describe('banwatch test --cases', () => {
  test.each([...ownCases()])('passes all cases of %s', async (name, rows) => {
    const file = scene.path('out');
    const out = openSync(file, 'w');
    const now = String(casesNowMs / 1000);
    const cases = `${defaultsDir()}/cases/${name}.jsonl`;
    const argv = ['--config', defaultsDir(), '--cases', cases, '--tz', 'UTC', '--now', now];
    const status = await runTest(argv, { stdout: out, stderr: out, env: {}, stop: new AbortController() });
    closeSync(out);
    expect([readFileSync(file, 'utf8').trimEnd(), status]).toEqual([`${rows.length} passed, 0 failed`, 0]);
  });
});
