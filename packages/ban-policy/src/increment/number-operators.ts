import { ArithmeticFault, bitsOf, bounded, maxIntBits, type PythonNumber, toFloat } from './python-number.ts';

type Ints = (a: bigint, b: bigint) => PythonNumber;
type Floats = (a: number, b: number) => number;
type Operator = (a: PythonNumber, b: PythonNumber) => PythonNumber;

/** Two ints stay ints; with a float among them both are floats. */
const mixed =
  (ints: Ints, floats: Floats): Operator =>
  (a, b) =>
    typeof a === 'bigint' && typeof b === 'bigint' ? ints(a, b) : floats(toFloat(a), toFloat(b));

const notZero = (divisor: PythonNumber): void => {
  if (divisor === 0n || divisor === 0) throw new ArithmeticFault('division by zero');
};

/** Python's operators: `//` rounds down, `%` has the sign of the divisor, and two ints give an int save with `/`. */
export const plus: Operator = mixed(
  (a, b) => bounded(a + b),
  (a, b) => a + b,
);
export const minus: Operator = mixed(
  (a, b) => bounded(a - b),
  (a, b) => a - b,
);
export const times: Operator = mixed(
  (a, b) => bounded(a * b),
  (a, b) => a * b,
);

export function divide(a: PythonNumber, b: PythonNumber): PythonNumber {
  notZero(b);
  return typeof a === 'bigint' && typeof b === 'bigint' ? ratio(a, b) : toFloat(a) / toFloat(b);
}

export function floorDivide(a: PythonNumber, b: PythonNumber): PythonNumber {
  notZero(b);
  return mixed((x, y) => (x - floorModulo(x, y)) / y, floorOfFloats)(a, b);
}

export function modulo(a: PythonNumber, b: PythonNumber): PythonNumber {
  notZero(b);
  return mixed(floorModulo, moduloOfFloats)(a, b);
}

export function power(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || b < 0n) return powerOfFloats(toFloat(a), toFloat(b));
  const isSmall = a >= -1n && a <= 1n;
  if (!isSmall && (b > BigInt(maxIntBits) || (bitsOf(a) - 4) * Number(b) > maxIntBits))
    throw new ArithmeticFault(`an int has more than ${maxIntBits} bits`);
  return bounded(a ** b);
}

export const shiftLeft = (a: PythonNumber, b: PythonNumber): PythonNumber => {
  const [value, bits] = shifted(a, b);
  if (value !== 0n && bits > BigInt(maxIntBits)) throw new ArithmeticFault(`an int has more than ${maxIntBits} bits`);
  return value === 0n ? 0n : bounded(value << bits);
};

export const shiftRight = (a: PythonNumber, b: PythonNumber): PythonNumber => {
  const [value, bits] = shifted(a, b);
  return value >> bits;
};

const bitwise =
  (of: (a: bigint, b: bigint) => bigint): Operator =>
  (a, b) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return of(a, b);
    throw new ArithmeticFault('& ^ | take ints, not floats');
  };

export const and: Operator = bitwise((a, b) => a & b);
export const or: Operator = bitwise((a, b) => a | b);
export const xor: Operator = bitwise((a, b) => a ^ b);

export const negative = (a: PythonNumber): PythonNumber => -a;

export const inverted = (a: PythonNumber): PythonNumber => {
  if (typeof a === 'bigint') return ~a;
  throw new ArithmeticFault('~ takes an int, not a float');
};

function shifted(a: PythonNumber, b: PythonNumber): [bigint, bigint] {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throw new ArithmeticFault('<< and >> take ints, not floats');
  if (b < 0n) throw new ArithmeticFault('negative shift count');
  return [a, b];
}

const floorModulo = (a: bigint, b: bigint): bigint => {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
};

function moduloOfFloats(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floorOfFloats(a: number, b: number): number {
  const quotient = (a - moduloOfFloats(a, b)) / b;
  const floor = Math.floor(quotient);
  // The quotient is whole but for what rounding made of it.
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function powerOfFloats(a: number, b: number): number {
  if (a === 0 && b < 0) throw new ArithmeticFault('0 has no negative power');
  // C has answers here where JavaScript has none.
  if (a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b))) return 1;
  const result = a ** b;
  if (Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b))
    throw new ArithmeticFault('a power of a negative number is complex');
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw new ArithmeticFault('a power is too large');
  return result;
}

/** Bits of a quotient before it is rounded: those of a float, and enough to see on which side of the middle it is. */
const quotientBits = 66;

/** The float nearest to the quotient of two ints of any size. */
function ratio(a: bigint, b: bigint): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x / y;
  const isNegative = a < 0n !== b < 0n;
  const [above, below] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const shift = quotientBits - (bitsOf(above) - bitsOf(below));
  const [scaledAbove, scaledBelow] = shift >= 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)];
  const quotient = scaledAbove / scaledBelow;
  const sticky = scaledAbove % scaledBelow === 0n ? 0n : 1n;
  const result = Number(quotient | sticky) * 2 ** -shift;
  if (!Number.isFinite(result)) throw new ArithmeticFault('a quotient is too large for a float');
  return isNegative ? -result : result;
}
