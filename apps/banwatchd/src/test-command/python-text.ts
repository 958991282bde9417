import { pythonRepr } from '@sluice/fail2ban-config';
import { type FailValue, TextTuple } from '@sluice/fail2ban-filter';

/** A value of a failure as Python's `repr` writes it. */
export function pythonValue(value: FailValue | undefined): string {
  if (value instanceof TextTuple) return `(${value.texts.map(pythonValue).join(', ')})`;
  if (value instanceof Set) return `{${[...value].map(pythonValue).join(', ')}}`;
  if (typeof value !== 'object' || value === null) return pythonRepr(value);
  const lines = value as readonly (readonly string[])[];
  return `[${lines.map((line) => `(${line.map(pythonRepr).join(', ')})`).join(', ')}]`;
}

/** Named values as Python's `repr` writes a dictionary. */
export const pythonDict = (values: Iterable<readonly [string, FailValue | undefined]>): string =>
  `{${[...values].map(([name, value]) => `${pythonRepr(name)}: ${pythonValue(value)}`).join(', ')}}`;

/** Seconds as Python writes a float. */
export const pythonFloat = (seconds: number): string => (Number.isInteger(seconds) ? `${seconds}.0` : String(seconds));
