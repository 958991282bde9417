import type { Pattern } from './pattern.ts';

/** `glob`, `/regex/`, and either with `!` before it, for what must not be so. */
export function readPattern(text: string): Pattern {
  const isNot = text.startsWith('!');
  const what = isNot ? text.slice(1) : text;
  const isRegex = what.length > 2 && what.startsWith('/') && what.endsWith('/');
  return { isNot, pattern: isRegex ? { regex: what.slice(1, -1) } : what };
}
