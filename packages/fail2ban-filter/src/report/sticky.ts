import { v8Regex, withoutFlag } from '../dates/v8-regex.ts';

const bounds = /\(\?=(?:\^\|)?\\b\|\\W(?:\|\$)?\)/g;
const beyondUs = /\(\?(?![:P])|\(\?P(?![<=])|[*+?}]\+|\\[^\w.()[\]{}/+*?^$|\\:-]|\\[ABZ0-9]/;

/**
 * A date template's regex for V8, sticky, on text that holds several lines; undefined where the two might not agree on
 * ASCII.
 */
export function sticky(regex: string): RegExp | undefined {
  const { body, flags } = withoutFlag(regex);
  if (beyondUs.test(body.replaceAll(bounds, ''))) return undefined;
  return v8Regex(body, `${flags}my`);
}
