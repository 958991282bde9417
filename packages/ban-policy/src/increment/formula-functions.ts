import { power } from './number-operators.ts';
import { ArithmeticFault, type PythonNumber, toFloat } from './python-number.ts';
import { rounded, truncated } from './rounded.ts';

type Call = (values: readonly PythonNumber[], random: () => number) => PythonNumber;

/** A function that a formula may call. */
export interface FormulaFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly call: Call;
}

const one = (call: (value: PythonNumber) => PythonNumber): FormulaFunction => ({
  arity: [1, 1],
  call: ([value]) => call(value as PythonNumber),
});

/** A function of floats as Python's `math` has it: what has no real result, or none that fits, is an error. */
const floats = (arity: readonly [number, number], of: (...values: number[]) => number): FormulaFunction => ({
  arity,
  call: (values) => {
    const given = values.map(toFloat);
    const result = of(...given);
    if (given.some((value) => !Number.isFinite(value)) || Number.isFinite(result)) return result;
    throw new ArithmeticFault(Number.isNaN(result) ? 'math domain error' : 'math range error');
  },
});

/** A logarithm: of nothing there is none, not even an infinite one. */
const logarithm = (of: (value: number) => number): ((value: number) => number) => {
  return (value) => (value <= 0 ? Number.NaN : of(value));
};

const ln = logarithm(Math.log);

const chosen = (isBetter: (a: PythonNumber, b: PythonNumber) => boolean): FormulaFunction => ({
  arity: [2, 16],
  call: (values) => values.reduce((best, value) => (isBetter(value, best) ? value : best)),
});

const magnitude = (value: PythonNumber): PythonNumber =>
  typeof value === 'bigint' ? (value < 0n ? -value : value) : Math.abs(value);

const whole = (of: (value: number) => number): FormulaFunction =>
  one((value) => (typeof value === 'bigint' ? value : truncated(of(value))));

/** What a formula may call, by the name that it has in fail2ban's formulas. */
export const formulaFunctions: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ['min', chosen((a, b) => a < b)],
  ['max', chosen((a, b) => a > b)],
  ['abs', one(magnitude)],
  ['int', one(truncated)],
  ['float', one(toFloat)],
  ['round', { arity: [1, 2], call: ([value, decimals]) => rounded(value as PythonNumber, decimals) }],
  ['pow', { arity: [2, 2], call: ([a, b]) => power(a as PythonNumber, b as PythonNumber) }],
  ['math.floor', whole(Math.floor)],
  ['math.ceil', whole(Math.ceil)],
  ['math.trunc', whole(Math.trunc)],
  ['math.fabs', floats([1, 1], Math.abs)],
  ['math.sqrt', floats([1, 1], Math.sqrt)],
  ['math.exp', floats([1, 1], Math.exp)],
  ['math.expm1', floats([1, 1], Math.expm1)],
  ['math.log', floats([1, 2], (value, base) => (base === undefined ? ln(value) : ln(value) / ln(base)))],
  ['math.log2', floats([1, 1], logarithm(Math.log2))],
  ['math.log10', floats([1, 1], logarithm(Math.log10))],
  ['math.log1p', floats([1, 1], (value) => (value <= -1 ? Number.NaN : Math.log1p(value)))],
  ['math.pow', floats([2, 2], (a, b) => power(a, b) as number)],
  ['math.fmod', floats([2, 2], (a, b) => a % b)],
  ['math.hypot', floats([1, 16], Math.hypot)],
  ['math.sin', floats([1, 1], Math.sin)],
  ['math.cos', floats([1, 1], Math.cos)],
  ['math.tan', floats([1, 1], Math.tan)],
  ['math.atan', floats([1, 1], Math.atan)],
  ['math.tanh', floats([1, 1], Math.tanh)],
  ['random.random', { arity: [0, 0], call: (_, random) => random() }],
  [
    'random.uniform',
    {
      arity: [2, 2],
      call: ([a, b], random) =>
        toFloat(a as PythonNumber) + (toFloat(b as PythonNumber) - toFloat(a as PythonNumber)) * random(),
    },
  ],
]);

/** Names with a value of their own. */
export const formulaConstants: ReadonlyMap<string, PythonNumber> = new Map<string, PythonNumber>([
  ['True', 1n],
  ['False', 0n],
  ['math.pi', Math.PI],
  ['math.e', Math.E],
  ['math.tau', 2 * Math.PI],
  ['math.inf', Number.POSITIVE_INFINITY],
]);
