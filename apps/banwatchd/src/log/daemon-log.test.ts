import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { type DaemonLog, type LogSettings, openDaemonLog } from './daemon-log.ts';

const temp = tempFolder();
const read = (name: string): string[] =>
  readFileSync(temp(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^.*\[1\]: /, ''));
const settings = (more: Partial<LogSettings>): LogSettings => ({
  loglevel: 'INFO',
  logtarget: temp('conf.log'),
  syslogsocket: 'auto',
  settings: {},
  ...more,
});
const say = (log: DaemonLog, text: string): void => {
  log.log('fail2ban.server').info(text);
  log.log('fail2ban.server').debug(`${text}, in detail`);
};

describe('DaemonLog', () => {
  test('keeps what is said before the configuration is read, and takes its level and target', async () => {
    const log = openDaemonLog({ fromConfig: true, pid: 1 });
    say(log, 'early');
    await log.configure(settings({ loglevel: 'DEBUG' }));
    say(log, 'later');
    await log.close();
    expect(read('conf.log').map((line) => line.slice(8))).toEqual([
      'early',
      'early, in detail',
      'later',
      'later, in detail',
    ]);
  });

  test('what the command line says wins', async () => {
    const log = openDaemonLog({ fromConfig: true, target: temp('own.log'), level: 'INFO', pid: 1 });
    await log.configure(settings({ loglevel: 'DEBUG' }));
    say(log, 'word');
    await log.close();
    expect(read('own.log')).toEqual(['INFO    word']);
  });

  test('takes the options of a target from the configuration', async () => {
    const log = openDaemonLog({ fromConfig: true, pid: 1 });
    const logtarget = `${temp('conf.log')}[format="%(levelname)s:%(message)s"]`;
    await log.configure(settings({ settings: { logtarget } }));
    say(log, 'word');
    await log.close();
    expect(read('conf.log')).toEqual(['INFO:word']);
  });

  test('a reload with another target moves the log there; with a wrong one it stays, and says why', async () => {
    const log = openDaemonLog({ fromConfig: true, pid: 1 });
    await log.configure(settings({}));
    await log.configure(settings({ logtarget: temp('next.log') }));
    await log.configure(settings({ logtarget: temp('nosuch/next.log'), loglevel: 'LOUD' }));
    await log.close();
    expect(read('next.log')).toEqual([
      `INFO    Changed logging target to ${temp('next.log')}`,
      'ERROR   there is no log level "LOUD"; it stays INFO',
      expect.stringMatching(/^ERROR {3}cannot log to .*nosuch.*; make its folder/),
    ]);
    expect(log.target.text).toBe(temp('next.log'));
  });

  test('a wrong target at the start: the log goes to standard error, with the reason', async () => {
    const written: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      const log = openDaemonLog({ fromConfig: true, pid: 1 });
      say(log, 'early');
      await log.configure(settings({ logtarget: temp('nosuch/x.log') }));
      expect(written.join('')).toMatch(/early\n.*ERROR {3}cannot log to .*nosuch/);
      await log.close();
    } finally {
      write.mockRestore();
    }
  });

  test('the level holds for loggers that were made before', async () => {
    const log = openDaemonLog({ target: temp('a.log'), pid: 1 });
    const logger = log.log('fail2ban.server');
    logger.debug('no');
    log.level = 'HEAVYDEBUG';
    logger.heavydebug('yes');
    logger.msg('rotation');
    log.level = 'CRITICAL';
    logger.error('no');
    logger.critical('yes');
    await log.close();
    expect(read('a.log')).toEqual(['HEAVYDEBUG yes', 'MSG     rotation', 'CRITICAL yes']);
  });

  test('the same target again changes nothing', async () => {
    const log = openDaemonLog({ target: temp('a.log'), pid: 1 });
    await log.setTarget(temp('a.log'));
    say(log, 'word');
    await log.close();
    expect(read('a.log')).toEqual(['INFO    word']);
  });

  test('the journal gets bare messages, since it keeps the rest in fields', async () => {
    const { lineFormat } = await import('./line-format.ts');
    const { parseLogTarget } = await import('./parse-log-target.ts');
    const record = { timeMs: 0, name: 'n', level: 'INFO', message: '[a] Ban 192.0.2.1', pid: 1 } as const;
    expect(lineFormat(parseLogTarget('SYSTEMD-JOURNAL'))(record)).toBe('[a] Ban 192.0.2.1');
    expect(lineFormat(parseLogTarget('SYSOUT'))(record)).toBe('n                       [1]: INFO    [a] Ban 192.0.2.1');
    expect(lineFormat(parseLogTarget('SYSLOG'))(record)).toBe('n[1]: INFO [a] Ban 192.0.2.1');
  });
});
