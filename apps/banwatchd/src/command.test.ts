import { command, daemonOptions } from './command.ts';

const parse = (...args: string[]) =>
  daemonOptions(
    command()
      .exitOverride()
      .configureOutput({ writeErr: () => {}, writeOut: () => {} })
      .parse(['node', 'banwatchd', ...args])
      .opts(),
  );

describe('the command line', () => {
  test('without options, runs what is enabled in /etc/fail2ban with its own actions', () => {
    expect(parse()).toEqual({
      configDir: '/etc/fail2ban',
      root: '/',
      banWith: 'actions',
      table: 'sluice',
      dryRun: false,
      log: { level: 'INFO' },
    });
  });

  test('passes on what is asked for', () => {
    expect(
      parse(
        '-c',
        'conf',
        '--root',
        'r',
        '-j',
        'a',
        'b',
        '--ban-with',
        'netfilter',
        '-n',
        '--checkpoint',
        'p',
        '--loglevel',
        'debug',
      ),
    ).toEqual({
      configDir: 'conf',
      root: 'r',
      jails: ['a', 'b'],
      banWith: 'netfilter',
      table: 'sluice',
      dryRun: true,
      checkpointFile: 'p',
      log: { level: 'DEBUG' },
    });
  });

  test.each([
    ['--ban-with', 'ipfw'],
    ['--loglevel', 'loud'],
    ['--nosuch', 'x'],
  ])('refuses %s %s', (...args) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ name: 'CommanderError' }));
  });
});
