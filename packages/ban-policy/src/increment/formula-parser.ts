import { formulaConstants, formulaFunctions } from './formula-functions.ts';
import type { FormulaToken } from './formula-tokens.ts';
import * as op from './number-operators.ts';
import { isTrue, type PythonNumber } from './python-number.ts';

/** What an expression is evaluated with. */
export interface FormulaValues {
  readonly random: () => number;
  readonly names?: Readonly<Record<string, PythonNumber>>;
}

/** An expression, ready to be evaluated. */
export type Expression = (values: FormulaValues) => PythonNumber;

type Binary = (a: PythonNumber, b: PythonNumber) => PythonNumber;

const maxDepth = 100;

const truth = (is: boolean): bigint => (is ? 1n : 0n);

/** Operators that take what is left of them together first, from the loosest to the tightest. */
const levels: readonly ReadonlyMap<string, Binary>[] = [
  new Map([['|', op.or]]),
  new Map([['^', op.xor]]),
  new Map([['&', op.and]]),
  new Map([
    ['<<', op.shiftLeft],
    ['>>', op.shiftRight],
  ]),
  new Map([
    ['+', op.plus],
    ['-', op.minus],
  ]),
  new Map([
    ['*', op.times],
    ['/', op.divide],
    ['//', op.floorDivide],
    ['%', op.modulo],
  ]),
];

const comparisons: ReadonlyMap<string, (a: PythonNumber, b: PythonNumber) => boolean> = new Map([
  ['<', (a, b) => a < b],
  ['<=', (a, b) => a <= b],
  ['>', (a, b) => a > b],
  ['>=', (a, b) => a >= b],
  // An int and a float that are the same number are equal in Python.
  // biome-ignore lint/suspicious/noDoubleEquals: the only comparison of both kinds
  ['==', (a, b) => a == b],
  // biome-ignore lint/suspicious/noDoubleEquals: the only comparison of both kinds
  ['!=', (a, b) => a != b],
]);

const unary: ReadonlyMap<string, (a: PythonNumber) => PythonNumber> = new Map([
  ['-', op.negative],
  ['+', (a) => a],
  ['~', op.inverted],
]);

/** Reads one expression of Python's arithmetic, with its precedence; never evaluates text. */
export class FormulaParser {
  readonly #tokens: readonly FormulaToken[];
  readonly #names: readonly string[];
  readonly #fail: (fault: string, column: number) => never;
  #next = 0;
  #depth = 0;

  /**
   * @param names what has a value besides constants
   * @param fail called with what is wrong, and the column
   */
  constructor(
    tokens: readonly FormulaToken[],
    names: readonly string[],
    fail: (fault: string, column: number) => never,
  ) {
    this.#tokens = tokens;
    this.#names = names;
    this.#fail = fail;
  }

  /** Reads all of it. */
  parse(): Expression {
    const expression = this.#choice();
    const { kind, text, column } = this.#token;
    if (kind !== 'end') this.#fail(`"${text}" is one too many`, column);
    return expression;
  }

  get #token(): FormulaToken {
    return this.#tokens[this.#next] as FormulaToken;
  }

  #takes(text: string): boolean {
    const isIt = this.#token.text === text && this.#token.kind !== 'end';
    if (isIt) this.#next += 1;
    return isIt;
  }

  #mustTake(text: string): void {
    const { kind, text: found, column } = this.#token;
    if (!this.#takes(text))
      this.#fail(`"${text}" is expected, not ${kind === 'end' ? 'the end' : `"${found}"`}`, column);
  }

  #deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth) this.#fail(`more than ${maxDepth} levels deep`, this.#token.column);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** `a if condition else b` */
  #choice(): Expression {
    return this.#deeper(() => {
      const yes = this.#either();
      if (!this.#takes('if')) return yes;
      const condition = this.#either();
      this.#mustTake('else');
      const no = this.#choice();
      return (values) => (isTrue(condition(values)) ? yes(values) : no(values));
    });
  }

  #either(): Expression {
    let left = this.#both();
    while (this.#takes('or')) {
      const [first, second] = [left, this.#both()];
      left = (values) => {
        const value = first(values);
        return isTrue(value) ? value : second(values);
      };
    }
    return left;
  }

  #both(): Expression {
    let left = this.#not();
    while (this.#takes('and')) {
      const [first, second] = [left, this.#not()];
      left = (values) => {
        const value = first(values);
        return isTrue(value) ? second(values) : value;
      };
    }
    return left;
  }

  #not(): Expression {
    if (!this.#takes('not')) return this.#comparison();
    const negated = this.#deeper(() => this.#not());
    return (values) => truth(!isTrue(negated(values)));
  }

  /** `a < b <= c` is `a < b and b <= c`, with each of them evaluated once at most. */
  #comparison(): Expression {
    const first = this.#level(0);
    const rest: [(a: PythonNumber, b: PythonNumber) => boolean, Expression][] = [];
    for (let compare = this.#comparator(); compare !== undefined; compare = this.#comparator())
      rest.push([compare, this.#level(0)]);
    if (rest.length === 0) return first;
    return (values) => {
      let left = first(values);
      for (const [compare, operand] of rest) {
        const right = operand(values);
        if (!compare(left, right)) return 0n;
        left = right;
      }
      return 1n;
    };
  }

  #comparator(): ((a: PythonNumber, b: PythonNumber) => boolean) | undefined {
    const compare = comparisons.get(this.#token.text);
    if (compare !== undefined) this.#next += 1;
    return compare;
  }

  #level(depth: number): Expression {
    const operators = levels[depth];
    if (operators === undefined) return this.#sign();
    let left = this.#level(depth + 1);
    for (let apply = operators.get(this.#token.text); apply !== undefined; apply = operators.get(this.#token.text)) {
      this.#next += 1;
      const [operator, first, second] = [apply, left, this.#level(depth + 1)];
      left = (values) => operator(first(values), second(values));
    }
    return left;
  }

  #sign(): Expression {
    const apply = unary.get(this.#token.text);
    if (apply === undefined) return this.#power();
    this.#next += 1;
    const operand = this.#deeper(() => this.#sign());
    return (values) => apply(operand(values));
  }

  /** `**` takes what is right of it first, and a sign there. */
  #power(): Expression {
    const base = this.#atom();
    if (!this.#takes('**')) return base;
    const exponent = this.#deeper(() => this.#sign());
    return (values) => op.power(base(values), exponent(values));
  }

  #atom(): Expression {
    const { kind, text, column } = this.#token;
    if (this.#takes('(')) {
      const inner = this.#choice();
      this.#mustTake(')');
      return inner;
    }
    this.#next += 1;
    if (kind === 'number') return this.#number(text, column);
    if (kind === 'name' && !keywords.has(text))
      return this.#takes('(') ? this.#call(text, column) : this.#name(text, column);
    return this.#fail(`a value is expected, not ${kind === 'end' ? 'the end' : `"${text}"`}`, column);
  }

  #number(text: string, column: number): Expression {
    const isWellGrouped = /^[\da-f.xe+-]+(?:_[\da-f.xe+-]+)*$/i.test(text);
    const digits = text.replaceAll('_', '');
    const isInt = /^\d+$|^0x/i.test(digits);
    if (!isWellGrouped || (isInt && /^0\d*[1-9]/.test(digits))) this.#fail(`"${text}" is no number`, column);
    const value = isInt ? BigInt(digits) : Number(digits);
    return () => value;
  }

  #name(name: string, column: number): Expression {
    const constant = formulaConstants.get(name);
    if (constant !== undefined) return () => constant;
    if (this.#names.includes(name)) return (values) => values.names?.[name] as PythonNumber;
    return this.#fail(
      `"${name}" is not known; there are ${[...this.#names, ...formulaFunctions.keys()].join(', ')}`,
      column,
    );
  }

  #call(name: string, column: number): Expression {
    const called = formulaFunctions.get(name);
    if (called === undefined)
      return this.#fail(`"${name}()" is not known; there are ${[...formulaFunctions.keys()].join(', ')}`, column);
    const given: Expression[] = [];
    while (!this.#takes(')')) {
      given.push(this.#choice());
      if (this.#takes(')')) break;
      this.#mustTake(',');
    }
    const [fewest, most] = called.arity;
    if (given.length < fewest || given.length > most)
      this.#fail(
        `${name}() takes ${fewest === most ? fewest : `${fewest} to ${most}`} arguments, not ${given.length}`,
        column,
      );
    return (values) =>
      called.call(
        given.map((argument) => argument(values)),
        values.random,
      );
  }
}

const keywords: ReadonlySet<string> = new Set(['if', 'else', 'and', 'or', 'not']);
