import { readArguments, UnknownOption } from './read-arguments.ts';

describe('readArguments', () => {
  test('without options, knows where everything is', () => {
    expect(readArguments(['status'])).toEqual({
      conf: '/etc/fail2ban',
      socket: '/run/banwatchd/banwatchd.sock',
      pidfile: '/run/banwatchd/banwatchd.pid',
      isTest: false,
      isInteractive: false,
      isForeground: false,
      isForced: false,
      isJson: false,
      verbosity: 1,
      timeout: '30',
      command: ['status'],
    });
  });

  test.each([
    [
      ['-c', 'dir', '-ssock', '-vvq', '-xf', 'start'],
      { conf: 'dir', socket: 'sock', verbosity: 2, isForced: true, isForeground: true },
    ],
    [['--conf=dir', '--socket', 'a=b', '--log', 'x'], undefined],
    [
      ['--logl', 'DEBUG', '--logtarget=SYSLOG[facility=auth]'],
      { loglevel: 'DEBUG', logtarget: 'SYSLOG[facility=auth]' },
    ],
    [['-fb', 'start'], { isForeground: false }],
    [['-d', '--test'], { dump: 'plain', isTest: true }],
    [['--dp'], { dump: 'pretty' }],
    [['--dump'], { dump: 'pretty' }],
    [['--str2sec', '1d'], { instead: { what: 'str2sec', text: '1d' } }],
    [['-V'], { instead: { what: 'short-version', text: '' } }],
    [['--version'], { instead: { what: 'version', text: '' } }],
    [['--pname', 'x', '--async', 'ping'], { command: ['ping'] }],
    [['set', 'sshd', 'bantime', '-1'], { command: ['set', 'sshd', 'bantime', '-1'] }],
    [['--', '-x'], { command: ['-x'], isForced: false }],
    [['--json', 'status'], { isJson: true, command: ['status'] }],
    [['status', '--json'], { isJson: true, command: ['status'] }],
    [['test', '--json', 'a', 'b'], { isJson: false, command: ['test', '--json', 'a', 'b'] }],
  ])('reads %j', (argv, expected) => {
    if (expected === undefined) expect(() => readArguments(argv)).toThrow(UnknownOption);
    else expect(readArguments(argv)).toMatchObject(expected);
  });

  test.each([['-z'], ['--nosuch'], ['-c'], ['--conf'], ['--json=1'], ['--'.concat('constructor')]])(
    'refuses %s',
    (...argv) => {
      expect(() => readArguments(argv)).toThrow(UnknownOption);
    },
  );
});
