import { ValueFault } from './value-fault.ts';

/** A reader of whole numbers within bounds. */
export const readCount =
  (min: number, max: number = Number.MAX_SAFE_INTEGER): ((text: string) => number) =>
  (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    const expected = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    if (!(value >= min && value <= max)) throw new ValueFault(expected, text);
    return value;
  };
