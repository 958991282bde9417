import { parseLogTarget } from './parse-log-target.ts';

describe('parseLogTarget', () => {
  test.each([
    ['/var/log/f2b.log', { kind: 'file', path: '/var/log/f2b.log', datetime: true, padding: true }],
    ['stdout', { kind: 'stdout', text: 'stdout', datetime: true, padding: true }],
    ['STDERR', { kind: 'stderr', datetime: true, padding: true }],
    ['SYSOUT', { kind: 'sysout', datetime: false, padding: true }],
    ['SYSLOG', { kind: 'syslog', datetime: false, padding: false, facility: 'daemon' }],
    ['SYSLOG[facility=LOCAL3, padding=on]', { kind: 'syslog', text: 'SYSLOG', padding: true, facility: 'local3' }],
    ['SYSTEMD-JOURNAL', { kind: 'journal' }],
    ['STDOUT[format="%(name)s: %(message)s", datetime=off]', { format: '%(name)s: %(message)s', datetime: false }],
  ])('reads %s', (text, target) => {
    expect(parseLogTarget(text)).toMatchObject(target);
  });

  test.each(['SYSLOG[facility=nosuch]', 'STDOUT[datetime', ''])('refuses %j', (text) => {
    expect(() => parseLogTarget(text)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^ERR_/) }));
  });
});
