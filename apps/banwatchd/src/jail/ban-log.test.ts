import type { AlreadyBanned, Ban, Failure, Prolonged } from '@sluice/pipeline';
import { fail2banLog } from '../log/fail2ban-log.ts';
import { type BanLogs, logDecision, logNotice } from './ban-log.ts';

function logged(act: (logs: BanLogs) => void): string[] {
  const lines: string[] = [];
  const log = fail2banLog({ write: (line) => lines.push(line.slice(24)), level: 'DEBUG', pid: 1 });
  act({
    filter: log('fail2ban.filter'),
    actions: log('fail2ban.actions'),
    observer: log('fail2ban.observer'),
  });
  return lines;
}

const subject = { jail: 'web', id: '192.0.2.1', timeMs: new Date(2026, 10, 23, 2, 17, 59).getTime() };
const failure: Failure = { ...subject, path: 'a.log', sourceId: 's', offset: 0, line: '', groups: {}, pattern: 0 };
const ban: Ban = {
  ...subject,
  kind: 'ban',
  banTimeMs: 600_000,
  endMs: subject.timeMs + 600_000,
  failures: 1,
  count: 1,
  restored: false,
  matches: [],
  groups: {},
};

describe('logDecision', () => {
  test('writes Ban, Restore Ban and Unban as fail2ban does', () => {
    const lines = logged((logs) => {
      logDecision(logs, ban);
      logDecision(logs, { ...ban, restored: true });
      logDecision(logs, { ...subject, kind: 'unban', reason: 'expired' });
    });
    expect(lines).toEqual([
      'fail2ban.actions        [1]: NOTICE  [web] Ban 192.0.2.1',
      'fail2ban.actions        [1]: NOTICE  [web] Restore Ban 192.0.2.1',
      'fail2ban.actions        [1]: NOTICE  [web] Unban 192.0.2.1',
    ]);
  });

  test.each([
    [2999, 'DEBUG  '],
    [3000, 'NOTICE '],
    [59_999, 'NOTICE '],
    [60_000, 'WARNING'],
  ])('a failure %i ms after the ban is said as %s', (standsMs, level) => {
    const { timeMs } = subject;
    const again: AlreadyBanned = {
      ...subject,
      kind: 'already-banned',
      bannedAtMs: timeMs - standsMs,
      endMs: ban.endMs,
      extended: true,
    };
    expect(logged((logs) => logDecision(logs, again))).toEqual([
      `fail2ban.actions        [1]: ${level} [web] 192.0.2.1 already banned`,
    ]);
  });

  test('says how long a ban of one who was banned before lasts', () => {
    const prolonged: Prolonged = {
      ...subject,
      kind: 'prolonged',
      bannedAtMs: subject.timeMs,
      banTimeMs: 1_200_000,
      endMs: subject.timeMs + 1_200_000,
      count: 2,
    };
    const lines = logged((logs) => {
      logDecision(logs, prolonged);
      logDecision(logs, { ...prolonged, banTimeMs: Infinity, endMs: Infinity });
    });
    expect(lines).toEqual([
      'fail2ban.observer       [1]: NOTICE  [web] Increase Ban 192.0.2.1 (2 # 20m -> 2026-11-23 02:37:59)',
      'fail2ban.observer       [1]: NOTICE  [web] Increase Ban 192.0.2.1 (2 # permanent -> infinite)',
    ]);
  });
});

describe('logNotice', () => {
  const { jail, id, timeMs } = subject;

  test('writes Found with the time of the failure, and more of one who was banned before', () => {
    const lines = logged((logs) => {
      logNotice(logs, { kind: 'found', jail, failure });
      const badCount = { bans: 1, retries: 2, retriesText: '2.0', reached: false };
      logNotice(logs, { kind: 'found', jail, failure, badCount });
      logNotice(logs, { kind: 'found', jail, failure, badCount: { ...badCount, retriesText: '5', reached: true } });
      logNotice(logs, { kind: 'attempt', jail, id, timeMs });
    });
    expect(lines).toEqual([
      'fail2ban.filter         [1]: INFO    [web] Found 192.0.2.1 - 2026-11-23 02:17:59',
      'fail2ban.filter         [1]: INFO    [web] Found 192.0.2.1 - 2026-11-23 02:17:59',
      'fail2ban.observer       [1]: INFO    [web] Found 192.0.2.1, bad - 2026-11-23 02:17:59, 1 # -> 2.0',
      'fail2ban.filter         [1]: INFO    [web] Found 192.0.2.1 - 2026-11-23 02:17:59',
      'fail2ban.observer       [1]: INFO    [web] Found 192.0.2.1, bad - 2026-11-23 02:17:59, 1 # -> 5, Ban',
      'fail2ban.filter         [1]: INFO    [web] Attempt 192.0.2.1 - 2026-11-23 02:17:59',
    ]);
  });

  test('writes by which rule somebody is ignored, and nothing of a verdict that was written before', () => {
    const lines = logged((logs) => {
      for (const by of ['ip', 'self', 'dns', 'command', 'cache', 'file:/etc/friends'] as const)
        logNotice(logs, { kind: 'ignored', jail, failure, by });
      logNotice(logs, { kind: 'expired', jail, ban });
    });
    expect(lines.map((line) => line.replace(/^fail2ban\.\w+ +\[1\]: INFO {4}\[web\] /, ''))).toEqual([
      'Ignore 192.0.2.1 by ip',
      'Ignore 192.0.2.1 by ignoreself rule',
      'Ignore 192.0.2.1 by dns',
      'Ignore 192.0.2.1 by command',
      'Ignore 192.0.2.1 by file:/etc/friends',
      'Ignore 192.0.2.1, expired bantime',
    ]);
  });
});
