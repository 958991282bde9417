import { type Arguments, type GivenOption, readArguments } from './arguments.ts';
import { checkCombinations } from './check-combinations.ts';
import type { CommandLine, OutputKind, PatternArgument, PatternReading } from './command-line.ts';
import { usageError } from './usage-error.ts';

/** The commands besides searching, by the first argument. */
const commands = ['explain', 'bench'] as const;

/** Longest line that may be asked for: what sources can hold. */
const maxMaxLineBytes = 16 * 2 ** 20;
const minMaxLineBytes = 1024;

class Given {
  readonly #options: readonly GivenOption[];

  constructor({ options }: Arguments) {
    this.#options = options;
  }

  has(name: string): boolean {
    return this.#options.some((option) => option.name === name);
  }

  value(name: string): string | undefined {
    return this.#options.findLast((option) => option.name === name)?.value;
  }

  /** That of some options which was given last. */
  last(...names: string[]): string | undefined {
    return this.#options.findLast(({ name }) => names.includes(name))?.name;
  }

  number(name: string, fallback: number, min: number, max: number): number {
    const text = this.value(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw usageError(
      `--${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`,
      'correct it',
    );
  }

  patterns(): PatternArgument[] {
    return this.#options
      .filter(({ name }) => name === 'regexp' || name === 'file')
      .map(({ name, value = '' }) => ({ kind: name === 'file' ? 'file' : 'text', value }));
  }
}

function dialectOf(given: Given): PatternReading['dialect'] {
  if (given.last('fixed-strings', 'dialect') === 'fixed-strings') return 'literal';
  const name = given.value('dialect') ?? 'python';
  if (name === 'python' || name === 'javascript' || name === 'literal') return name;
  throw usageError(`--dialect must be python, javascript or literal, not ${JSON.stringify(name)}`, 'correct it');
}

function outputOf(given: Given): OutputKind {
  if (given.has('quiet')) return 'quiet';
  const names = given.last('files-with-matches', 'files-without-match');
  if (names !== undefined) return names === 'files-with-matches' ? 'with-match' : 'without-match';
  if (given.has('count')) return 'counts';
  if (given.has('json') || given.has('format')) return 'records';
  return given.has('only-matching') ? 'parts' : 'lines';
}

function pathFlag(given: Given): boolean | undefined {
  const last = given.last('with-filename', 'no-filename');
  return last === undefined ? undefined : last === 'with-filename';
}

/** Patterns and files: the first argument is the pattern when no option gives one, and all are for `explain`. */
function split(command: CommandLine['command'], given: Given, positionals: readonly string[]) {
  const named = given.patterns();
  const texts = (values: readonly string[]): PatternArgument[] => values.map((value) => ({ kind: 'text', value }));
  if (command === 'explain') return { patterns: [...named, ...texts(positionals)], paths: [] };
  if (named.length > 0 || given.has('filter')) return { patterns: named, paths: positionals };
  return { patterns: texts(positionals.slice(0, 1)), paths: positionals.slice(1) };
}

/** Reads a command line, without the program's name. Throws a LogmatchError `ERR_LOGMATCH_USAGE`. */
export function parseCommandLine(args: readonly string[]): CommandLine | 'help' | 'version' {
  const command = commands.find((name) => name === args[0]);
  const read = readArguments(command === undefined ? args : args.slice(1));
  const given = new Given(read);
  if (given.has('help')) return 'help';
  if (given.has('version')) return 'version';
  const line: CommandLine = {
    command: command ?? 'search',
    ...split(command ?? 'search', given, read.positionals),
    dialect: dialectOf(given),
    ignoreCase: given.has('ignore-case'),
    bounds: given.has('line-regexp') ? 'line' : given.has('word-regexp') ? 'word' : 'none',
    all: given.has('all'),
    filter: given.value('filter'),
    filterDir: given.value('filter-dir') ?? '/etc/fail2ban',
    invert: given.has('invert-match'),
    maxCount: given.number('max-count', Number.POSITIVE_INFINITY, 0, Number.MAX_SAFE_INTEGER),
    output: outputOf(given),
    json: given.has('json'),
    template: given.value('format'),
    lineNumbers: given.has('line-number'),
    byteOffsets: given.has('byte-offset'),
    withPaths: pathFlag(given),
    stats: given.has('stats'),
    recursive: given.has('recursive'),
    follow: given.has('follow'),
    fromStart: given.has('from-start'),
    maxLineBytes: given.number('max-line-bytes', maxMaxLineBytes, minMaxLineBytes, maxMaxLineBytes),
    workers: given.number('workers', 1, 1, 64),
    noMessages: given.has('no-messages'),
    rounds: given.number('rounds', 5, 1, 1000),
  };
  checkCombinations(line, (name) => given.has(name));
  return line;
}
