import { FILTER_OPTIONS, type FilterOption } from '../definitions/build-filter.ts';
import type { JailConfig } from '../jails/jail-config.ts';
import { BAN_TIME_OPTIONS } from '../jails/jail-options.ts';
import { readBoolean } from '../syntax/read-value.ts';
import { splitShellWords } from '../syntax/split-shell-words.ts';
import { splitWords } from '../syntax/split-words.ts';
import { valueAt } from '../values/value.ts';
import { actionStream } from './action-stream.ts';
import type { Json } from './json.ts';
import { type JailRecord, jailRecords } from './records.ts';

type Command = readonly Json[];

/** A jail's options that are no filter options, in the order in which fail2ban knows them. */
const OPTIONS = [
  'maxretry',
  'maxmatches',
  'findtime',
  'bantime',
  ...BAN_TIME_OPTIONS,
  'ignorecommand',
  'ignoreself',
  'ignoreip',
  'ignorecache',
  'logtimezone',
  'logencoding',
] as const;
const BOOLEANS: ReadonlySet<string> = new Set(['bantime.increment', 'bantime.overalljails', 'ignoreself']);
const INTEGERS: ReadonlySet<string> = new Set(['maxretry', 'maxmatches', 'maxlines']);

function typed(option: string, text: string, jail: JailConfig): Json {
  if (INTEGERS.has(option)) return Number(text);
  return BOOLEANS.has(option) ? readBoolean(option, valueAt(text, jail.place)) : text;
}

/** Adds the commands for filter options: those that others depend on go to the front, `usedns` before all. */
function addFilterOptions(
  commands: Command[],
  options: Iterable<readonly [FilterOption, string]>,
  jail: JailConfig,
): void {
  let front = 0;
  const { name } = jail;
  for (const [option, text] of options) {
    const lines = text.split('\n').filter((line) => line !== '');
    if (option === 'failregex' || option === 'ignoreregex') {
      if (lines.length > 1) commands.push(['multi-set', name, `add${option}`, lines]);
      else if (lines.length === 1) commands.push(['set', name, `add${option}`, ...lines]);
    } else if (option === 'journalmatch') {
      for (const line of lines) commands.push(['set', name, 'addjournalmatch', ...splitShellWords(line)]);
    } else if (option === 'datepattern') {
      commands.push(['set', name, option, text]);
    } else {
      commands.splice(option === 'usedns' ? 0 : front, 0, ['set', name, option, typed(option, text, jail)]);
      front += 1;
    }
  }
}

function jailOption(option: string, text: string, jail: JailConfig): Command {
  if (option === 'ignoreip') return ['set', jail.name, 'addignoreip', ...splitWords(text)];
  return ['set', jail.name, option, typed(option, text, jail)];
}

const present = <T extends string>(names: readonly T[], record: JailRecord): [T, string][] =>
  names
    .map((name) => [name, record.option(name)] as const)
    .filter((pair): pair is [T, string] => pair[1] !== undefined);

/** What fail2ban's client sends for a jail, all but the `start` of it. */
export function jailStream(jail: JailConfig, glob: (pattern: string) => readonly string[]): readonly Command[] {
  const { name } = jail;
  const record = jailRecords.get(jail);
  const commands: Command[] = [];
  if (record !== undefined) {
    addFilterOptions(commands, record.filterOptions(), jail);
    addFilterOptions(commands, present(FILTER_OPTIONS, record), jail);
    for (const [option, text] of present(OPTIONS, record)) commands.push(jailOption(option, text, jail));
  }
  for (const { glob: pattern, from } of jail.logPaths)
    for (const path of glob(pattern)) commands.push(['set', name, 'addlogpath', path, from]);
  const actions = jail.actions.flatMap((action) => actionStream(name, action));
  return [['add', name, jail.backend], ...commands, ...actions];
}
