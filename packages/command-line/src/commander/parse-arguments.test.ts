import { Command } from 'commander';
import { type OptionTexts, readOptions } from '../settings/read-options.ts';
import type { Settings } from '../settings/setting.ts';
import { readDuration } from '../values/read-duration.ts';
import { addSettings } from './add-settings.ts';
import { parseArguments } from './parse-arguments.ts';

interface Wanted {
  readonly maxBytes?: string;
  readonly author?: readonly string[];
  readonly slot?: number;
  readonly span?: string;
  readonly quiet?: boolean;
}

const settings: Settings<Wanted> = {
  maxBytes: { value: 'SIZE', help: 'most bytes' },
  author: { value: 'WHO', isList: true, help: 'by whom' },
  slot: { value: 'TIME', option: 'length', help: 'how long', read: readDuration },
  span: { value: 'SPAN', choices: ['year', 'month'], help: 'a file for each' },
  quiet: { short: 'q', help: 'say nothing' },
};

const usageError = (fault: string, cure: string): Error => new RangeError(`${fault}; ${cure}`);

/** What a program with the command `add` makes of the arguments. */
function asked(...args: string[]): { text: string | undefined; wanted?: Partial<Wanted>; names?: readonly string[] } {
  let got = {};
  const add = addSettings(new Command('add').description('adds').argument('<name...>'), settings).action(
    (names: string[], options: OptionTexts) => {
      got = { names, wanted: readOptions(options, settings, usageError) };
    },
  );
  const program = new Command('my-tool').version('1.2.3').addCommand(new Command('all').addCommand(add));
  return { text: parseArguments(program, args, usageError), ...got };
}

test('settings are options, and their texts are read', () => {
  expect(
    asked('all', 'add', 'x', 'y', '--max-bytes', '9', '--author', 'a', '--author', 'b', '--length', '5m', '-q'),
  ).toEqual({
    text: undefined,
    names: ['x', 'y'],
    wanted: { maxBytes: '9', author: ['a', 'b'], slot: 300_000, quiet: true },
  });
});

test('what is not given is absent', () => {
  expect(asked('all', 'add', 'x').wanted).toEqual({});
});

test('help and version are texts, and nothing is printed', () => {
  expect(asked('--version').text).toBe('1.2.3\n');
  expect(asked('all', 'add', '--help').text).toMatch(/^Usage: my-tool all add .*\n[\s\S]*--length <TIME>/);
});

test.each<[string[], string]>([
  [[], 'there is no command; see my-tool --help'],
  [['al'], "unknown command 'al' (did you mean all?); see my-tool --help"],
  [['all', 'add'], "missing required argument 'name'; see my-tool --help"],
  [['all', 'add', 'x', '--autor', 'a'], "unknown option '--autor' (did you mean --author?); see my-tool --help"],
  [
    ['all', 'add', 'x', '--span', 'week'],
    "option '--span <SPAN>' argument 'week' is invalid. Allowed choices are year, month.; see my-tool --help",
  ],
  [
    ['all', 'add', 'x', '--length', '5'],
    '--length must be a length of time like 5m, 90s or 1h30m, not "5"; see --help',
  ],
])('%j is refused in one line with its cure', (args, message) => {
  expect(() => asked(...args)).toThrow(new RangeError(message));
});

test('only the settings that are named become options', () => {
  const command = addSettings(new Command('x'), settings, ['quiet', 'maxBytes']);
  expect(command.options.map(({ long }) => long)).toEqual(['--max-bytes', '--quiet']);
});
