import type { CommandLine } from './command-line.ts';
import { usageError } from './usage-error.ts';

type Has = (option: string) => boolean;

/** Options that say how a pattern is read or which lines are wanted: a filter knows that by itself. */
const notWithFilter = ['regexp', 'file', 'fixed-strings', 'dialect', 'ignore-case', 'word-regexp', 'line-regexp'];
const notOfFailures = ['invert-match', 'only-matching', 'all', 'workers'];
const notWithFollow = ['count', 'files-with-matches', 'files-without-match', 'recursive', 'workers'];
const shapes = ['json', 'format', 'only-matching'];

function refuse(has: Has, options: readonly string[], beside: string, cure: string): void {
  const found = options.find(has);
  if (found !== undefined) throw usageError(`--${found} does not go with ${beside}`, cure);
}

function checkSearch(line: CommandLine, has: Has): void {
  const [shape, other] = shapes.filter(has);
  if (other !== undefined) throw usageError(`--${other} does not go with --${shape}`, 'choose one');
  if (line.template !== undefined) refuse(has, ['count'], '--format', 'use -c alone, or -c --json');
  if (line.invert && line.output === 'records')
    throw usageError('--invert-match does not go with --json and --format', 'a line without a match has no record');
  if (line.output === 'with-match' || line.output === 'without-match')
    refuse(has, shapes.slice(0, 2), 'the names of files', 'choose one');
  if (line.follow) checkFollow(line, has);
  else if (line.fromStart) throw usageError('--from-start needs --follow', 'add it, or leave --from-start out');
}

function checkFollow({ lineNumbers, fromStart, paths }: CommandLine, has: Has): void {
  refuse(has, notWithFollow, '--follow', 'leave one out');
  if (lineNumbers && !fromStart)
    throw usageError('--line-number with --follow needs --from-start', 'add it: lines are counted from the beginning');
  if (paths.length === 0 || paths.includes('-'))
    throw usageError('--follow needs names of files', 'name them; standard input is followed without it');
}

/** Refuses options that contradict each other. */
export function checkCombinations(line: CommandLine, has: Has): void {
  const { command, patterns, filter, paths } = line;
  if (filter !== undefined) {
    refuse(has, notWithFilter, '--filter', 'leave one out; the filter has its own patterns');
    if (command !== 'explain') refuse(has, notOfFailures, '--filter', 'leave one out');
  } else if (patterns.length === 0) {
    throw usageError('there is no pattern', 'write logmatch PATTERN [FILE…], or see logmatch --help');
  }
  if (command === 'search') checkSearch(line, has);
  if (command === 'bench' && paths.length === 0)
    throw usageError('bench needs a file', 'write logmatch bench PATTERN FILE…');
}
