import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { attackLine, ordinaryLine } from './attack-log.ts';

const built = (name: string): string => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

/** Runs an example; `act` gets its output so far whenever there is more, and may end it with a signal. */
async function run(name: string, args: readonly string[], act: (out: string, stop: () => void) => void) {
  const child = spawn(process.execPath, [built(name), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    out += data;
    act(out, () => child.kill('SIGINT'));
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, out, errors };
}

describe('custom-pipeline', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'sluice-example-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('prints the ban of an attacker in the log and of one that comes later, and no other', async () => {
    const log = path.join(dir, 'a_access.log');
    writeFileSync(
      log,
      ordinaryLine(1, Date.now()) + attackLine('192.0.2.7', Date.now()) + attackLine('10.1.2.3', Date.now()),
    );
    let appended = false;
    const { code, out, errors } = await run('custom-pipeline', [path.join(dir, '*access.log')], (soFar, stop) => {
      if (soFar.includes('ban 192.0.2.7') && !appended) {
        appended = true;
        appendFileSync(log, attackLine('2001:db8::7', Date.now()));
      }
      if (soFar.includes('ban 2001:db8::7')) stop();
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out.split('\n').filter((line) => line.startsWith('ban '))).toEqual(['ban 192.0.2.7', 'ban 2001:db8::7']);
    expect(out).toContain('add element inet sluice');
    expect(out).not.toContain('10.1.2.3');
  }, 30_000);
});

describe('log-to-ban', () => {
  test('shows bans in the words of fail2ban, and a summary, and ends by itself', async () => {
    const { code, out, errors } = await run('log-to-ban', [], () => {});
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(
      /^\S+ \S+,\d{3} fail2ban\.actions {8}\[\d+\]: NOTICE {2}\[apache-e107ddos\] Ban 193\.33\.21\.199$/m,
    );
    expect(out).toMatch(
      /^\S+ \S+,\d{3} fail2ban\.actions {8}\[\d+\]: WARNING \[apache-e107ddos\] 69\.41\.162\.10 already banned$/m,
    );
    expect(out).toContain('[apache-e107ddos] Ban 2001:db8:bad::1');
    expect(out).not.toContain('Ban 999.1.1.1');
    expect(out).toMatch(/^Read 200,15\d lines, /m);
    expect(out).toMatch(/banned 4, already banned 1/);
  }, 60_000);
});
