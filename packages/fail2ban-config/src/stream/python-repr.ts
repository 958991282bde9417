import type { Json } from './json.ts';

/** What Python's `str.isprintable` refuses, by the Unicode that the engine knows. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
]);

function escaped(character: string): string {
  const named = NAMED.get(character);
  if (named !== undefined) return named;
  if (character === ' ' || !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) as number;
  const [mark, digits] = code < 0x100 ? ['x', 2] : code < 0x1_0000 ? ['u', 4] : ['U', 8];
  return `\\${mark}${code.toString(16).padStart(digits as number, '0')}`;
}

function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let inner = '';
  for (const character of text) inner += character === quote ? `\\${quote}` : escaped(character);
  return quote + inner + quote;
}

function numberRepr(number: number): string {
  if (Number.isNaN(number)) return 'nan';
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
  const text = String(number);
  const [mantissa, exponent = ''] = text.split('e');
  return exponent === '' ? text : `${mantissa}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
}

/**
 * A value as Python's `repr` writes it: how `fail2ban-client` prints commands and answers. Whole numbers are written as
 * integers, objects as dictionaries.
 */
export function pythonRepr(value: Json | undefined): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'string') return textRepr(value);
  if (typeof value === 'number') return numberRepr(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map((item: Json) => pythonRepr(item)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${textRepr(key)}: ${pythonRepr(item)}`);
  return `{${entries.join(', ')}}`;
}
