import type { AlreadyBanned, Ban, Failure } from '@sluice/pipeline';
import { logDecision, logNotice } from './ban-log.ts';
import { fail2banLog } from './fail2ban-log.ts';

function logged(act: (log: ReturnType<typeof fail2banLog>) => void): string[] {
  const lines: string[] = [];
  act(fail2banLog({ write: (line) => lines.push(line.slice(24)), level: 'DEBUG', pid: 1 }));
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
    const lines = logged((log) => {
      const actions = log('fail2ban.actions');
      logDecision(actions, ban);
      logDecision(actions, { ...ban, restored: true });
      logDecision(actions, { ...subject, kind: 'unban', reason: 'expired' });
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
    expect(logged((log) => logDecision(log('fail2ban.actions'), again))).toEqual([
      `fail2ban.actions        [1]: ${level} [web] 192.0.2.1 already banned`,
    ]);
  });
});

describe('logNotice', () => {
  test('writes Found with the time of the failure, and why another one is ignored', () => {
    const { jail } = subject;
    const lines = logged((log) => {
      const [filter, actions] = [log('fail2ban.filter'), log('fail2ban.actions')];
      logNotice(filter, actions, { kind: 'found', jail, failure });
      logNotice(filter, actions, { kind: 'ignored', jail, failure, by: 'ip' });
      logNotice(filter, actions, { kind: 'ignored', jail, failure, by: 'self' });
      logNotice(filter, actions, { kind: 'expired', jail, ban });
    });
    expect(lines).toEqual([
      'fail2ban.filter         [1]: INFO    [web] Found 192.0.2.1 - 2026-11-23 02:17:59',
      'fail2ban.filter         [1]: INFO    [web] Ignore 192.0.2.1 by ip',
      'fail2ban.filter         [1]: INFO    [web] Ignore 192.0.2.1 by ignoreself rule',
      'fail2ban.actions        [1]: INFO    [web] Ignore 192.0.2.1, expired bantime',
    ]);
  });
});
