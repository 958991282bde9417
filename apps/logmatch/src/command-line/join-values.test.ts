import { flags } from './flags.ts';
import { joinValues } from './join-values.ts';

test.each<[string[], string[]]>([
  [['-e', '-x'], ['--regexp=-x']],
  [['-e-x'], ['--regexp=-x']],
  [
    ['-ce', '--'],
    ['-c', '--regexp=--'],
  ],
  [
    ['-cnm3', 'foo'],
    ['-cn', '--max-count=3', 'foo'],
  ],
  [['--regexp', '--json'], ['--regexp=--json']],
  [['--regexp=a=b'], ['--regexp=a=b']],
  [
    ['-c', '--', '-e', 'x'],
    ['-c', '--', '-e', 'x'],
  ],
  [
    ['-', '-e'],
    ['-', '--regexp'],
  ],
  [['-e', ''], ['--regexp=']],
])('%j is read as %j', (args, joined) => {
  expect(joinValues(args, flags)).toEqual(joined);
});
