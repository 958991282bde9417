import { spawnSync } from 'node:child_process';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { pythonFormat } from './python-format.ts';

const record = {
  timeMs: 0,
  name: 'fail2ban.actions',
  level: 'NOTICE',
  message: '[a] Ban 192.0.2.1',
  pid: 4711,
} as const;

const formats = [
  '%(name)-24s[%(process)d]: %(levelname)-7s %(message)s',
  '%(name)10s|%(name)30s|%(name)-5.8s|%(name).3s',
  '%(levelno)d %(levelno)05d %(levelno)-5d| %(levelno)x %(levelno)X %(levelno)s',
  '%(process)8d%(process)-8d%% 100%%',
  '%(message)s',
  'no field',
  '',
];

describeWith([pythonModule('logging', 'python3')], 'a log format', () => {
  test.each(formats)("makes of %j what Python's logging makes", (format) => {
    const values = {
      name: record.name,
      levelno: 25,
      levelname: record.level,
      message: record.message,
      process: record.pid,
    };
    const script = 'import json, sys; a = json.loads(sys.argv[1]); sys.stdout.write(a[0] % a[1])';
    const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script, JSON.stringify([format, values])], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(pythonFormat(format)(record)).toBe(stdout);
  });
});

test.each(['%(nosuch)s', '%(constructor)s', '100% sure', '%(name)q'])('%j is refused with what there is', (format) => {
  expect(() => pythonFormat(format)).toThrow(
    expect.objectContaining({ code: 'ERR_BANWATCHD_LOG_TARGET', message: expect.stringContaining('levelname') }),
  );
});
