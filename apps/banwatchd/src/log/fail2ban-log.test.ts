import { fixedClock } from '@sluice/pipeline';
import { fail2banLog } from './fail2ban-log.ts';
import type { LogLevel } from './log-level.ts';

const clock = fixedClock(new Date(2026, 11, 1, 16, 5, 37, 417).getTime());
function written(level: LogLevel, act: (log: ReturnType<typeof fail2banLog>) => void): string[] {
  const lines: string[] = [];
  act(fail2banLog({ write: (line) => lines.push(line), level, clock, pid: 4711 }));
  return lines;
}

describe('fail2banLog', () => {
  test('writes a line as fail2ban does: local time, padded name, process, padded level', () => {
    const lines = written('INFO', (log) => {
      log('fail2ban.actions').notice('[apache-e107ddos] Ban 193.33.21.199');
      log('fail2ban.actions').warning('[apache-e107ddos] 69.41.162.10 already banned');
      log('fail2ban.filter').info('[apache-e107ddos] Found 193.33.21.199 - 2026-12-01 16:05:37');
    });
    expect(lines).toEqual([
      '2026-12-01 16:05:37,417 fail2ban.actions        [4711]: NOTICE  [apache-e107ddos] Ban 193.33.21.199',
      '2026-12-01 16:05:37,417 fail2ban.actions        [4711]: WARNING [apache-e107ddos] 69.41.162.10 already banned',
      '2026-12-01 16:05:37,417 fail2ban.filter         [4711]: INFO    [apache-e107ddos] Found 193.33.21.199 - 2026-12-01 16:05:37',
    ]);
  });

  test('leaves out what is less important than its level', () => {
    const lines = written('WARNING', (log) => {
      const { error, warning, notice, debug } = log('x');
      error('1');
      warning('2');
      notice('3');
      debug('4');
    });
    expect(lines.map((line) => line.at(-1))).toEqual(['1', '2']);
  });

  test('a line break in a message cannot forge a second line', () => {
    const [line, ...more] = written('INFO', (log) => log('fail2ban.filter').info('odd\n2026 forged\r\u2028\x1b[2J'));
    expect(more).toEqual([]);
    expect(line?.endsWith('odd\\x0a2026 forged\\x0d\\x2028\\x1b[2J')).toBe(true);
  });
});
