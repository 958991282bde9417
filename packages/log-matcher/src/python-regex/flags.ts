import type { PatternReader } from './pattern-reader.ts';

/** Python's flags that bear on a `str` pattern. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

export const noFlags: Flags = { ignoreCase: false, multiline: false, dotAll: false, verbose: false, ascii: false };

const changeOf: Readonly<Record<string, Partial<Flags>>> = {
  i: { ignoreCase: true },
  m: { multiline: true },
  s: { dotAll: true },
  x: { verbose: true },
  a: { ascii: true },
  u: { ascii: false },
};

/** Whether a token begins a group of flags: `(?i`, `(?-i`, and `(?L`, which is refused with its own reason. */
export const beginsFlags = (token: string): boolean => token.length === 1 && 'imsxauL-'.includes(token);

/** What `(?…)` or `(?…:` says. */
export interface FlagChange {
  /** Whether it holds from here to the end of the pattern: `(?i)`. */
  readonly global: boolean;
  readonly add: string;
  readonly remove: string;
}

/** The flags after a change. */
export function changeFlags(flags: Flags, { add, remove }: FlagChange): Flags {
  let changed = flags;
  for (const letter of add) changed = { ...changed, ...changeOf[letter] };
  for (const letter of remove) {
    for (const name of Object.keys(changeOf[letter] ?? {})) changed = { ...changed, [name]: false };
  }
  return changed;
}

const cure = 'use letters of "aimsux", such as (?i) or (?i:…)';

/** Reads the letters behind `(?` and the `:` or `)` that ends them. */
export function parseFlags(reader: PatternReader): FlagChange {
  const start = reader.at;
  const letters = (what: string): string => {
    let taken = '';
    while (reader.next.length === 1 && /[a-zA-Z]/.test(reader.next)) {
      if (reader.next === 'L') {
        reader.fail('the flag L does not go with a str pattern', 'leave L out', reader.at);
      }
      if (!(reader.next in changeOf)) reader.fail(`unknown ${what} "${reader.next}"`, cure, reader.at);
      taken += reader.take();
    }
    return taken;
  };
  const add = letters('flag');
  if (add.includes('a') && add.includes('u')) reader.fail('the flags a and u exclude each other', 'keep one', start);
  if (reader.takeIf(')')) return { global: true, add, remove: '' };
  let remove = '';
  if (reader.takeIf('-')) {
    remove = letters('flag');
    if (remove === '') reader.fail('missing flag after "-"', cure, reader.at);
    if (/[au]/.test(remove)) reader.fail('the flags a and u cannot be turned off', 'use the other one instead', start);
  }
  if (!reader.takeIf(':')) {
    const missing = remove === '' ? 'missing ")" or ":" after flags' : 'missing ":" after flags';
    reader.fail(
      missing,
      'end them with ")" for the whole pattern, such as (?i), or write (?i:…) for a part',
      reader.at,
    );
  }
  if ([...add].some((letter) => remove.includes(letter))) {
    reader.fail('a flag is turned on and off at once', 'keep one', start);
  }
  return { global: false, add, remove };
}
