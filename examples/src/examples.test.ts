import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSpool } from '@sluice/exim-queue/example-spool';
import { program, testWith } from '../../tools/testing/describe-with.ts';
import { attackLine, ordinaryLine } from './attack-log.ts';

// Tests must not depend on who runs them.
const gitSettings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const built = (name: string): string => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

/** Runs an example; `act` gets its output so far whenever there is more, and may end it with a signal. */
async function run(name: string, args: readonly string[], act: (out: string, stop: () => void) => void = () => {}) {
  const child = spawn(process.execPath, [built(name), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...gitSettings },
  });
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

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sluice-example-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('custom-pipeline', () => {
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
    const { code, out, errors } = await run('log-to-ban', []);
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

describe('bans-to-calendar', () => {
  test('writes each ban once, however often it reads the log, and prolongs one that goes on', async () => {
    const log = path.join(dir, 'access.log');
    const calendar = path.join(dir, 'bans.ics');
    const atMs = Date.parse('2024-03-01T12:00:00Z');
    writeFileSync(log, ordinaryLine(1, atMs) + attackLine('192.0.2.7', atMs) + attackLine('2001:db8::7', atMs + 5000));
    const first = await run('bans-to-calendar', [calendar, log]);
    expect(first).toEqual({ code: 0, out: `${calendar}: 2 new, 0 changed, 0 as before\n`, errors: '' });
    const text = readFileSync(calendar, 'utf8');
    expect(text).toContain('SUMMARY:ban 192.0.2.7 (apache-e107ddos)\r\n');
    expect(text).toContain('DTSTART:20240301T120000Z\r\nDTEND:20240301T121000Z\r\n');
    expect(text.replaceAll('\r\n ', '')).toContain('GET /e107_plugins/contact.php?id=1');

    const { mtimeMs } = statSync(calendar);
    expect((await run('bans-to-calendar', [calendar, log])).out).toContain('0 new, 0 changed, 2 as before');
    expect(statSync(calendar).mtimeMs).toBe(mtimeMs);

    appendFileSync(log, attackLine('192.0.2.7', atMs + 60_000));
    expect((await run('bans-to-calendar', [calendar, log])).out).toContain('0 new, 1 changed, 1 as before');
    expect(readFileSync(calendar, 'utf8')).toContain('DTSTART:20240301T120000Z\r\nDTEND:20240301T121100Z\r\n');
  }, 60_000);
});

describe('commits-to-calendar', () => {
  testWith(
    [program('git')],
    'writes the commits of an author once, and later only what is new',
    async () => {
      const repository = path.join(dir, 'repository');
      const calendar = path.join(dir, 'commits.ics');
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.org', ...args], {
          env: { ...process.env, ...gitSettings, HOME: dir },
        });
      const commit = (message: string, ...more: string[]) =>
        git('-C', repository, 'commit', '--quiet', '--allow-empty', '-m', message, ...more);
      git('init', '--quiet', repository);
      commit('the first; a beginning');
      commit('not hers', '--author=Bob <bob@example.org>');
      commit('the second');
      const go = () => run('commits-to-calendar', [calendar, repository, 'alice@example.org']);
      expect(await go()).toEqual({ code: 0, out: `${calendar}: 2 new, 0 changed, 0 as before\n`, errors: '' });
      commit('the third');
      expect((await go()).out).toContain('1 new, 0 changed, 2 as before');
      const titles = readFileSync(calendar, 'utf8').match(/(?<=^SUMMARY:).*(?=\r$)/gm);
      expect(titles?.sort()).toEqual(['the first\\; a beginning', 'the second', 'the third']);
    },
    60_000,
  );

  test('says what is wrong and exits 2 where there is no repository', async () => {
    const { code, out, errors } = await run('commits-to-calendar', [path.join(dir, 'commits.ics'), dir]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(/^\S.*\n$/);
  }, 30_000);
});

describe('frozen-mails', () => {
  test('tells the old frozen mails of a spool, and what removing them would come to', async () => {
    const nowMs = Date.now();
    const spool = path.join(dir, 'spool');
    const mail = (ageDays: number, isFrozen: boolean) => {
      const receivedMs = nowMs - ageDays * 86_400_000;
      return {
        receivedMs,
        sender: `${isFrozen ? 'frozen' : 'free'}@x.test`,
        recipients: [{ address: 'you@y.test' }],
        body: 'x\n',
        ...(isFrozen && { frozenMs: receivedMs }),
      };
    };
    const { ids } = writeSpool(spool, [mail(3, true), mail(3, false), mail(0.5, true)]);
    const { code, out, errors } = await run('frozen-mails', [spool]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out.split('\n').filter(Boolean)).toEqual([
      `${ids[0]} <frozen@x.test> → you@y.test`,
      expect.stringMatching(`^${ids[0]} would: `),
    ]);
  });

  test('says that there is no spool where there is none', async () => {
    const { code, errors } = await run('frozen-mails', [path.join(dir, 'absent')]);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('no spool') });
  });
});
