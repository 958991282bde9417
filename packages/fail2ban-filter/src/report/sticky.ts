const bounds = /\(\?=(?:\^\|)?\\b\|\\W(?:\|\$)?\)/g;
const beyondUs = /\(\?(?![:P])|\(\?P(?![<=])|[*+?}]\+|\\[^\w.()[\]{}/+*?^$|\\:-]|\\[ABZ0-9]/;

/**
 * A date template's regex for V8, sticky, on text that holds several lines; undefined where the two might not agree on
 * ASCII.
 */
export function sticky(regex: string): RegExp | undefined {
  const flags = regex.startsWith('(?i)') ? 'i' : '';
  const body = flags === '' ? regex : regex.slice('(?i)'.length);
  if (beyondUs.test(body.replaceAll(bounds, ''))) return undefined;
  const source = body.replaceAll('(?P<', '(?<').replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`);
  try {
    return new RegExp(source, `${flags}my`);
  } catch {
    return undefined;
  }
}
