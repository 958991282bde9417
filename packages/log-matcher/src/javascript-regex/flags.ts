import type { PatternReader } from '../python-regex/pattern-reader.ts';

/** JavaScript's flags that bear on what a part of a pattern means. */
export interface JavaScriptFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

const nameOf: Readonly<Record<string, keyof JavaScriptFlags>> = { i: 'ignoreCase', m: 'multiline', s: 'dotAll' };

const cure = 'write letters of "ims", such as (?i:…), (?-i:…) or (?i-m:…)';

/** Whether a token behind `(?` begins modifiers. */
export const beginsModifiers = (token: string): boolean => /^[a-z-]$/.test(token);

/** Reads `ims-ims:` behind `(?` and applies it. */
export function parseModifiers(reader: PatternReader, flags: JavaScriptFlags): JavaScriptFlags {
  const start = reader.at;
  const changed = { ...flags };
  const seen = new Set<string>();
  const letters = (value: boolean): void => {
    for (; /^[a-zA-Z]$/.test(reader.next); reader.take()) {
      const name = nameOf[reader.next];
      if (name === undefined) reader.fail(`unknown modifier "${reader.next}"`, cure, reader.at);
      if (seen.has(name)) reader.fail(`the modifier "${reader.next}" stands twice`, 'keep one', reader.at);
      seen.add(name);
      changed[name] = value;
    }
  };
  letters(true);
  if (reader.takeIf('-')) letters(false);
  if (seen.size === 0) reader.fail('missing modifier', cure, start);
  if (reader.next === ')') {
    reader.fail('modifiers without a part that they apply to', 'write (?i:…), or use the flag', start);
  }
  if (!reader.takeIf(':')) reader.fail('missing ":" after modifiers', cure, reader.at);
  return changed;
}
