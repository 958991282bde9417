import type { TagValue } from './dynamic-tags.ts';
import { MAX_INLINE_CHARS, passableValue } from './passable-value.ts';

/** A text for `sh -c`, and the values that it has as `$0`, `$1`, …. */
export interface ShellScript {
  readonly script: string;
  readonly values: readonly string[];
}

/** What a shell could read as more than text. fail2ban's set, and all control characters. */
const special = /[\\#&;`|*?~<>^()[\]{}$'"\p{Cc}]/u;

/** Constants, which may stand in a script. */
const constants: ReadonlyMap<string, string> = new Map([
  ['br', '\n'],
  ['sp', ' '],
]);

/** `$10` is `$1` and a zero. */
const parameter = (index: number): string => (index < 10 ? `$${index}` : `\${${index}}`);

/** Replaces the tags of a text: what comes in is not searched for tags again, and unknown tags stay. */
export const replaceTags = (text: string, textOf: (tag: string) => string | undefined): string =>
  text.replace(/<([^ <>]+)>/g, (tagged, tag: string) => constants.get(tag) ?? textOf(tag) ?? tagged);

/**
 * Replaces the tags of a command.
 *
 * - A value without special characters stands in the script itself.
 * - Any other is handed over as an argument and stands there as a variable, `$f2bV_matches`, so that the shell never
 *   reads it as a script.
 * - What comes in is not searched for tags again, and unknown tags stay.
 */
export function fillIn(command: string, lookUp: (tag: string) => TagValue | undefined): ShellScript {
  const variables = new Map<string, string>();
  const body = replaceTags(command, (tag) => {
    const found = lookUp(tag);
    if (found === undefined) return undefined;
    if (found.value.length <= MAX_INLINE_CHARS && !special.test(found.value)) return found.value;
    const name = `f2bV_${found.variable.replace(/\W/g, '_')}`;
    variables.set(name, passableValue(found.value));
    return `$${name}`;
  });
  if (variables.size === 0) return { script: body, values: [] };
  const assignments = [...variables.keys()].map((name, index) => `${name}=${parameter(index)} `).join('');
  return { script: `${assignments}\n${body}`, values: [...variables.values()] };
}
