import { badValue } from '../control-fault.ts';

/** Reads a whole number as Python's `int` does. @throws ControlFault when it is none, or below the least */
export function readCount(text: string, least: number): number {
  const number = Number(text);
  if (!/^\s*[+-]?\d{1,9}\s*$/.test(text)) throw badValue(`invalid literal for int() with base 10: '${text}'`);
  if (number < least) throw badValue(`the number must be at least ${least}, not ${number}`);
  return number;
}
