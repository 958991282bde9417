import { parseCommandLine } from './parse-command-line.ts';
import type { Request } from './request.ts';

const request = (...args: string[]) => parseCommandLine(args);
const textOf = (asked: Request): string => (asked.command === 'print' ? asked.text : '');

describe('the command line', () => {
  test('of a kind writes a calendar from sources', () => {
    expect(request('git', '.', '../other', '--author', 'Me', '--author', 'me@x', '-o', 'x.ics', '--upsert')).toEqual({
      command: 'write',
      kind: 'git',
      locations: ['.', '../other'],
      options: { author: ['Me', 'me@x'], output: 'x.ics', upsert: true },
    });
  });

  test.each([
    ['serve', '--port', '0', 'git', '.', '--author', 'Me'],
    ['serve', 'git', '.', '--author', 'Me', '--port', '0'],
    ['serve', 'git', '--author', 'Me', '.', '--port', '0'],
  ])('of %s takes its options before and after the kind (%s %s …)', (...args) => {
    expect(request(...args)).toEqual({
      command: 'serve',
      kind: 'git',
      locations: ['.'],
      options: { author: ['Me'], port: '0' },
    });
  });

  test('of a configuration file has no kind', () => {
    expect(request('write', '--config', 'c.yaml', '--json')).toEqual({
      command: 'write',
      locations: [],
      options: { config: 'c.yaml', json: true },
    });
  });

  test('has help for every command, with examples', () => {
    const help = textOf(request('--help'));
    for (const part of ['svn', 'maildir', 'Examples:', 'Exit status: 0 done; 1 ', 'completion'])
      expect(help).toContain(part);
    expect(textOf(request('git', '--help'))).toContain('--max-events <COUNT>');
    expect(textOf(request('push', '--help'))).toContain('--caldav <URL>');
    expect(textOf(request('push', 'svn', '--help'))).toMatch(
      /--author <WHO>[\s\S]*Global Options:[\s\S]*--caldav <URL>/,
    );
  });

  test('tells the version', () => {
    expect(textOf(request('--version'))).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each<[string[], RegExp]>([
    [[], /^there is no command; see activity-calendar --help$/],
    [['git'], /^missing required argument 'repository'; see activity-calendar --help$/],
    [['git', '.', '--autor', 'x'], /^unknown option '--autor' \(did you mean --author\?\); /],
    [['gti', '.'], /^unknown command 'gti' \(did you mean git\?\); /],
    [['svn', 'x', '--branch', 'y'], /^unknown option '--branch'; /],
    [
      ['git', '.', '--split', 'week'],
      /^option '--split <SPAN>' argument 'week' is invalid. Allowed choices are year, month.; /,
    ],
    [['git', '.', '-o'], /^option '-o, --output <FILE>' argument missing; /],
    [['completion', 'tcsh'], /'tcsh' is invalid/],
  ])('is refused in one line with its cure: %p', (args, message) => {
    expect(() => request(...args)).toThrow(
      expect.objectContaining({ code: 'ERR_ACTIVITY_CALENDAR_USAGE', message: expect.stringMatching(message) }),
    );
  });
});
