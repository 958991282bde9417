import { roundHalfEven } from '../round-half-even.ts';
import { ArithmeticFault, type PythonNumber } from './python-number.ts';

/** Most decimals that `toFixed` gives. */
const maxDecimals = 100;

/** Python's `round(value)`, an int, halves to the even one; with a second argument, to so many decimals. */
export function rounded(value: PythonNumber, decimals?: PythonNumber): PythonNumber {
  if (decimals === undefined) return typeof value === 'bigint' ? value : truncated(signed(value, roundHalfEven));
  if (typeof decimals !== 'bigint') throw new ArithmeticFault('round() takes a whole number of decimals');
  if (typeof value === 'bigint') return decimals >= 0n ? value : tens(value, -decimals);
  if (!Number.isFinite(value) || decimals >= 324n) return value;
  if (decimals < -308n) return value * 0;
  const round = (magnitude: number): number =>
    decimals < 0n
      ? Number(tens(truncated(magnitude), -decimals, magnitude % 1 > 0))
      : decimal(magnitude, Number(decimals));
  return signed(value, round);
}

/** Python's `int(value)`. */
export function truncated(value: PythonNumber): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isFinite(value)) throw new ArithmeticFault(`${value} is no int`);
  return BigInt(Math.trunc(value));
}

const signed = (value: number, of: (magnitude: number) => number): number => (value < 0 ? -of(-value) : of(value));

/** @param isMore whether a part of one follows, which decides in the middle */
function tens(value: bigint, zeros: bigint, isMore: boolean = false): bigint {
  if (zeros > 1300n) return 0n;
  const unit = 10n ** zeros;
  const rest = ((value % unit) + unit) % unit;
  const floor = value - rest;
  const isUp = rest * 2n > unit || (rest * 2n === unit && (isMore || (floor / unit) % 2n !== 0n));
  return isUp ? floor + unit : floor;
}

function decimal(value: number, decimals: number): number {
  if (value >= 1e21 || decimals > maxDecimals) return value;
  // The digits of a float that lies in the middle end there; toFixed then takes the larger one.
  const exact = value.toFixed(Math.min(decimals + 60, maxDecimals));
  const place = exact.indexOf('.') + decimals + 1;
  if (!/^50*$/.test(exact.slice(place))) return Number(value.toFixed(decimals));
  const digits = BigInt(exact.slice(0, place).replace('.', ''));
  return Number(`${digits % 2n === 0n ? digits : digits + 1n}e-${decimals}`);
}
