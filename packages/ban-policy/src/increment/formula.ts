import { BanPolicyError } from '../ban-policy-error.ts';
import { type Expression, FormulaParser, type FormulaValues } from './formula-parser.ts';
import { formulaTokens } from './formula-tokens.ts';
import { ArithmeticFault, type PythonNumber } from './python-number.ts';

const maxChars = 1000;

/**
 * An expression in Python's arithmetic, as fail2ban's `bantime.formula` and `bantime.factor` are: numbers, `+ - * / // % **
 * << >> & ^ | ~`, comparisons, `and or not`, `a if c else b`, and the functions of `math` and `random` that make sense there. It
 * is read and never run as code; its size and the size of its numbers are bounded.
 */
export class Formula {
  readonly #option: string;
  readonly #text: string;
  readonly #expression: Expression;

  /**
   * @param option what it is called in messages
   * @param names what it may name besides constants
   * @throws BanPolicyError `ERR_BAN_POLICY_FORMULA` with the column of what cannot be read
   */
  constructor(option: string, text: string, names: readonly string[]) {
    this.#option = option;
    this.#text = text;
    if (typeof text !== 'string' || text.length > maxChars)
      throw this.#fault(`it is not a text of at most ${maxChars} characters`, 1);
    const fail = (fault: string, column: number): never => {
      throw this.#fault(fault, column);
    };
    this.#expression = new FormulaParser(formulaTokens(text, fail), names, fail).parse();
  }

  /** @throws BanPolicyError `ERR_BAN_POLICY_FORMULA` where Python would raise, or a number grows out of all bounds */
  valueOf(values: FormulaValues): PythonNumber {
    try {
      return this.#expression(values);
    } catch (error) {
      if (!(error instanceof ArithmeticFault)) throw error;
      throw new BanPolicyError(
        'ERR_BAN_POLICY_FORMULA',
        `${this.#option}: "${this.#text}" has no result: ${error.message}`,
        {
          value: this.#text,
          cause: error,
        },
      );
    }
  }

  #fault(fault: string, column: number): BanPolicyError {
    const where = `${this.#option}: "${String(this.#text).slice(0, maxChars)}", column ${column}`;
    return new BanPolicyError('ERR_BAN_POLICY_FORMULA', `${where}: ${fault}`, {
      value: this.#text,
      cure: 'write an expression in ban.Time, ban.Count and banFactor, as the comments in jail.conf show',
    });
  }
}
