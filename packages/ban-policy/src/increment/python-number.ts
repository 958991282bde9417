/** A number as Python has them: an `int`, without bounds but those set here, or a `float`. `True` and `False` are ints. */
export type PythonNumber = bigint | number;

/** Most bits of an int: far more than any time, and little enough for a product to be quick. */
export const maxIntBits = 4096;

/** Something that has no value in Python either (its `ZeroDivisionError`, `OverflowError`, …). */
export class ArithmeticFault extends Error {
  override readonly name = 'ArithmeticFault';
}

/** The nearest float, infinite where there is none. */
export const toNumber = (value: PythonNumber): number => Number(value);

/** Python's `float()`. */
export function toFloat(value: PythonNumber): number {
  const float = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw new ArithmeticFault('an int is too large for a float');
  return float;
}

export const isTrue = (value: PythonNumber): boolean => value !== 0n && value !== 0;

/** The int, unless it has too many bits. */
export function bounded(int: bigint): bigint {
  if (bitsOf(int) <= maxIntBits) return int;
  throw new ArithmeticFault(`an int has more than ${maxIntBits} bits`);
}

export function bitsOf(int: bigint): number {
  const magnitude = int < 0n ? -int : int;
  return magnitude === 0n ? 0 : magnitude.toString(16).length * 4;
}
