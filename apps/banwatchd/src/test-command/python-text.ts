import { type FailValue, TextTuple } from '@sluice/fail2ban-filter';

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const unprintable = /[\p{C}\p{Z}\\]/gu;

function escaped(char: string): string {
  const known = escapes.get(char);
  if (known !== undefined || char === ' ') return known ?? char;
  const code = char.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A string as Python's `repr` writes it. */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(unprintable, escaped);
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

/** A value of a failure as Python's `repr` writes it. */
export function pythonValue(value: FailValue | undefined): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof TextTuple) return `(${value.texts.map(pythonValue).join(', ')})`;
  if (value instanceof Set) return `{${[...value].map(pythonValue).join(', ')}}`;
  return `[${(value as readonly (readonly string[])[]).map((line) => `(${line.map(pythonString).join(', ')})`).join(', ')}]`;
}

/** Named values as Python's `repr` writes a dictionary. */
export const pythonDict = (values: Iterable<readonly [string, FailValue | undefined]>): string =>
  `{${[...values].map(([name, value]) => `${pythonString(name)}: ${pythonValue(value)}`).join(', ')}}`;

/** Seconds as Python writes a float. */
export const pythonFloat = (seconds: number): string => (Number.isInteger(seconds) ? `${seconds}.0` : String(seconds));
