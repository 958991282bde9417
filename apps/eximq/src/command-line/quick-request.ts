import { flagOf, type OptionTexts, type Setting } from '@sluice/command-line';
import { globalSettings } from '../settings/global-settings.ts';
import { type CommandSpec, commandSpecs } from './command-specs.ts';
import type { Request } from './request.ts';

type Given = Record<string, string | string[] | true>;
type Flags = ReadonlyMap<string, readonly [name: string, setting: Setting]>;

/** Settings by the flags that they are given by, long and short. */
function flagsOf(tables: readonly object[]): Flags {
  const flags = new Map<string, readonly [string, Setting]>();
  for (const [name, setting] of tables.flatMap((table) => Object.entries(table)) as [string, Setting][]) {
    flags.set(flagOf(name, setting), [name, setting]);
    if (setting.short !== undefined) flags.set(`-${setting.short}`, [name, setting]);
  }
  return flags;
}

/**
 * Reads the option at `at` into `given`.
 *
 * @returns where the next argument is; undefined where it is not plain what is meant
 */
function readOption(args: readonly string[], at: number, flags: Flags, given: Given): number | undefined {
  const argument = args[at] ?? '';
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
  const [name, setting] = flags.get(equals < 0 ? argument : argument.slice(0, equals)) ?? [];
  if (name === undefined || setting === undefined) return undefined;
  if (setting.value === undefined) {
    given[name] = true;
    return equals < 0 ? at + 1 : undefined;
  }
  const value = equals < 0 ? args[at + 1] : argument.slice(equals + 1);
  // A value that looks like an option may be one where another option takes it: the full parser decides.
  if (value === undefined || (equals < 0 && value.startsWith('-'))) return undefined;
  if (setting.choices?.includes(value) === false) return undefined;
  const before = given[name];
  given[name] = setting.isList === true ? [...(Array.isArray(before) ? before : []), value] : value;
  return equals < 0 ? at + 2 : at + 1;
}

/**
 * What plain arguments ask for: a command, options that exist with their values, operands. Undefined for all others, such
 * as wrong ones and `--help`, which the full parser reads. It is there because the full parser takes longer to load than
 * this program takes to list a thousand messages, and it must never read arguments otherwise than that.
 */
export function quickRequest(args: readonly string[]): Request | undefined {
  const given: Given = Object.create(null);
  const operands: string[] = [];
  let spec: CommandSpec | undefined;
  let flags = flagsOf([globalSettings]);
  for (let at = 0; at < args.length; ) {
    const argument = args[at] ?? '';
    if (argument !== '-' && argument.startsWith('-')) {
      const next = readOption(args, at, flags, given);
      if (next === undefined) return undefined;
      at = next;
      continue;
    }
    at += 1;
    if (spec !== undefined) {
      operands.push(argument);
      continue;
    }
    spec = commandSpecs().find(({ name, alias = name }) => name === argument || alias === argument);
    if (spec === undefined) return undefined;
    flags = flagsOf([globalSettings, ...spec.settings]);
  }
  if (spec === undefined) return undefined;
  const takes = spec.operands;
  const isComplete = takes === undefined ? operands.length === 0 : takes === '[id...]' || operands.length > 0;
  return isComplete ? { command: spec.name, operands, options: given as OptionTexts } : undefined;
}
