import { type CommandOptions, command, daemonOptions, daemonPaths } from './command.ts';

const read = (...args: string[]): CommandOptions =>
  command()
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .parse(['node', 'banwatchd', ...args])
    .opts();
const parse = (...args: string[]) => daemonOptions(read(...args));

describe('the command line', () => {
  test('without options, runs what is enabled in /etc/fail2ban, and keeps its own things in places of its own', () => {
    expect(parse()).toEqual({
      configDir: '/etc/fail2ban',
      root: '/',
      table: 'sluice',
      dryRun: false,
      stateDir: '/var/lib/banwatchd',
      banWithFile: '/etc/banwatchd/ban-with.conf',
      isBanWithFileOptional: true,
      log: { fromConfig: true },
    });
    expect(daemonPaths(read())).toEqual({
      socket: '/run/banwatchd/banwatchd.sock',
      pidFile: '/run/banwatchd/banwatchd.pid',
    });
  });

  test('a dry run touches nothing that a daemon beside it may have, unless told to', () => {
    expect(parse('-n')).toMatchObject({ dryRun: true, log: { target: 'STDOUT' } });
    expect(parse('-n')).not.toHaveProperty('stateDir');
    expect(daemonPaths(read('-n'))).toEqual({});
    const args = ['-n', '-s', 'sock', '--pidfile', 'pid', '--state', 'dir', '--logtarget', 'file'];
    expect(parse(...args)).toMatchObject({ stateDir: 'dir', log: { target: 'file' } });
    expect(daemonPaths(read(...args))).toEqual({ socket: 'sock', pidFile: 'pid' });
  });

  test('passes on what is asked for', () => {
    const args =
      '-c conf --root r -j a b --ban-with netfilter,mail --ban-with-file w -n --checkpoint p --loglevel debug --defaults';
    expect(parse(...args.split(' '))).toEqual({
      configDir: 'conf',
      defaults: true,
      root: 'r',
      jails: ['a', 'b'],
      banWith: ['netfilter', 'mail'],
      banWithFile: 'w',
      isBanWithFileOptional: false,
      table: 'sluice',
      dryRun: true,
      checkpointFile: 'p',
      log: { fromConfig: true, level: 'DEBUG', target: 'STDOUT' },
    });
  });

  test("takes fail2ban-server's options and its word start", () => {
    const args = '-x -f -s sock -p pid --logtarget SYSLOG --syslogsocket /dev/log --loglevel 10 start';
    expect(daemonPaths(read(...args.split(' ')))).toEqual({ socket: 'sock', pidFile: 'pid' });
    expect(parse(...args.split(' ')).log).toEqual({
      fromConfig: true,
      level: 'DEBUG',
      target: 'SYSLOG',
      syslogSocket: '/dev/log',
    });
  });

  test.each([['--ban-with', 'ipfw'], ['--loglevel', 'loud'], ['--nosuch', 'x'], ['stop']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parse(...args)).toThrow(expect.objectContaining({ name: 'CommanderError' }));
    },
  );
});
