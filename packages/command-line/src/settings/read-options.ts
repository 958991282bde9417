import { ValueFault } from '../values/value-fault.ts';
import { flagOf, type Setting, type Settings } from './setting.ts';
import type { UsageErrorOf } from './usage-error-of.ts';

/** Texts of the options by name in camel case, as commander gives them: a switch is true, a repeated option a list. */
export type OptionTexts = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** commander's name for an option: `--max-bytes` → `maxBytes`. */
const attributeOf = (name: string, { option }: Setting): string => option ?? name;

function read(name: string, setting: Setting, text: string, usageError: UsageErrorOf): unknown {
  try {
    return setting.read === undefined ? text : setting.read(text);
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error;
    throw usageError(`${flagOf(name, setting)} ${error.message}`, 'see --help');
  }
}

/**
 * The settings that the command line gives; a setting that it does not give is absent.
 *
 * @throws what `usageError` makes of a text that is no value of its option: `--slot must be a length of time …, not "x"`
 */
export function readOptions<T>(options: OptionTexts, settings: Settings<T>, usageError: UsageErrorOf): Partial<T> {
  const found: [string, unknown][] = [];
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    const given = options[attributeOf(name, setting)];
    if (given === undefined) continue;
    if (Array.isArray(given)) found.push([name, given.map((text) => read(name, setting, text, usageError))]);
    else found.push([name, typeof given === 'string' ? read(name, setting, given, usageError) : given]);
  }
  return Object.fromEntries(found) as Partial<T>;
}
