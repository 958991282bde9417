import fc from 'fast-check';
import { commandSpecs } from './command-specs.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { quickRequest } from './quick-request.ts';

const words = [
  ...commandSpecs().flatMap(({ name, alias = name }) => [name, alias]),
  '1xVJLa-000000005ms-1ML7',
  '-',
  '--',
  '-z',
  '--frozen',
  '--frozen=1',
  '-f',
  '-fa@b.test',
  '-zx',
  '--sender',
  '*@b.test',
  '--sender=!/x/',
  '--state',
  'frozen',
  '--state=nosuch',
  '--spool',
  '/tmp/x',
  '--no-aside',
  '--backend',
  'exim',
  '-q',
  '-n',
  '--json',
  '--limit',
  '5',
  '--older=3d',
  '--to',
  '',
  '--address',
  '--nosuch',
  '--help',
  '-h',
  '--version',
  '--all',
  '--not-frozen',
  '--changes-only',
];

describe('plain arguments, which are read without the full parser,', () => {
  test('mean to it what they mean here', () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 6 }), (args) => {
        const request = quickRequest(args);
        if (request === undefined) return;
        quick += 1;
        expect(JSON.parse(JSON.stringify(request))).toEqual(parseCommandLine(args));
      }),
      { numRuns: 3000 },
    );
    // Most are wrong; enough must be plain for this to say something.
    expect(quick).toBeGreaterThan(50);
  });

  test.each([
    [['list']],
    [['--demo', '--spool', 'x', 'list', '-q']],
    [['ls', '--frozen', '--older', '3d', '--sender', '*@x.test', '-f', '!a@*', '--json']],
    [['rm', '--spool', '/x', '--yes', '1xVJLa-000000005ms-1ML7', '-']],
    [['count', '-z', '--no-aside', '--queue=*']],
    [['mark-delivered', '--address', 'a@x.test', '--address', 'b@x.test', '1xVJLa-000000005ms-1ML7']],
  ])('are such as %p', (args) => {
    expect(quickRequest(args)).toEqual(parseCommandLine(args));
  });

  test.each([[[]], [['--help']], [['list', '--help']], [['list', '--nosuch']], [['count', 'x']], [['show']]])(
    'are not such as %p',
    (args: string[]) => {
      expect(quickRequest(args)).toBeUndefined();
    },
  );
});
