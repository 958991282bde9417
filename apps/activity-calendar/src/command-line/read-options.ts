import type { Setting, Settings } from '../settings/setting.ts';
import { ValueFault } from '../values/value-fault.ts';
import { flagOf } from './add-settings.ts';
import type { OptionTexts } from './request.ts';
import { usageError } from './usage-error.ts';

/** commander's name for an option: `--max-bytes` → `maxBytes`. */
const attributeOf = (name: string, { option }: Setting): string => option ?? name;

function read(name: string, setting: Setting, text: string): unknown {
  try {
    return setting.read === undefined ? text : setting.read(text);
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error;
    throw usageError(`${flagOf(name, setting)} ${error.message}`, 'see --help');
  }
}

/** The settings that the command line gives; a setting that it does not give is absent. */
export function readOptions<T>(options: OptionTexts, settings: Settings<T>): Partial<T> {
  const found: [string, unknown][] = [];
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    const given = options[attributeOf(name, setting)];
    if (given === undefined) continue;
    if (Array.isArray(given)) found.push([name, given.map((text) => read(name, setting, text))]);
    else found.push([name, typeof given === 'string' ? read(name, setting, given) : given]);
  }
  return Object.fromEntries(found) as Partial<T>;
}
