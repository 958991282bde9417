import { BanPolicyError } from '../ban-policy-error.ts';
import { check } from '../check.ts';
import type { BanTimeIncrement } from './ban-time-increment.ts';
import { Formula } from './formula.ts';
import { times } from './number-operators.ts';
import { type PythonNumber, toNumber } from './python-number.ts';

const usualFormula = 'ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor';

/** A ban that would last longer lasts for ever: its end would be after the year 9999, which no log can hold. */
const maxBanS = 250_000_000_000;

/** From so many bans on a failure counts as 2^19 + 1 retries, where `maxRetry` does not limit them before. */
const maxDoublings = 20;

/** How long the bans of those are who were banned before: fail2ban's `bantime.increment`. */
export class BanTimes {
  readonly overallJails: boolean;
  readonly #lengthS: (timeS: PythonNumber, count: number) => PythonNumber;
  readonly #maxS: number;
  readonly #rndS: number;
  readonly #random: () => number;

  /**
   * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` for a wrong option, `ERR_BAN_POLICY_FORMULA` with the column for a formula
   *   that cannot be read, or that has no result for a ban of an hour
   */
  constructor(increment: BanTimeIncrement, random: () => number) {
    const { factor = '1', formula = usualFormula, maxTimeMs, rndTimeMs = 0 } = increment;
    this.overallJails = check.flag('increment.overallJails', increment.overallJails);
    this.#maxS = (maxTimeMs === undefined ? Number.POSITIVE_INFINITY : above('maxTimeMs', maxTimeMs, 1)) / 1000;
    this.#rndS = above('rndTimeMs', rndTimeMs, 0) / 1000;
    this.#random = random;
    const banFactor = new Formula('bantime.factor', factor, []).valueOf({ random });
    const multipliers = multipliersOf(increment.multipliers);
    if (multipliers.length > 0) {
      this.#lengthS = (timeS, count) =>
        times(times(timeS, banFactor), multipliers[Math.min(count, multipliers.length - 1)] as bigint);
      return;
    }
    const expression = new Formula('bantime.formula', formula, ['ban.Time', 'ban.Count', 'banFactor']);
    this.#lengthS = (timeS, count) => {
      const names = { 'ban.Time': timeS, 'ban.Count': BigInt(count), banFactor };
      const lengthS = expression.valueOf({ random, names });
      // As Python's max(): the first one where they are equal.
      return toNumber(lengthS) > toNumber(timeS) ? lengthS : timeS;
    };
    this.#lengthS(3600n, 1);
  }

  /**
   * The length of a ban of one who was banned `count` times before, at least 1, in milliseconds.
   *
   * @throws BanPolicyError `ERR_BAN_POLICY_FORMULA` when the formula has no result for these values
   */
  lengthMs(banTimeMs: number, count: number): number {
    const timeS = banTimeMs % 1000 === 0 ? BigInt(banTimeMs / 1000) : banTimeMs / 1000;
    const lengthS = toNumber(this.#lengthS(timeS, count));
    if (Number.isNaN(lengthS)) throw new BanPolicyError('ERR_BAN_POLICY_FORMULA', 'bantime.formula: its result is nan');
    const randomS = this.#rndS > 0 ? this.#random() * this.#rndS : 0;
    const totalS = Math.min(lengthS, this.#maxS) + randomS;
    return totalS > maxBanS ? Number.POSITIVE_INFINITY : Math.round(totalS * 1000);
  }

  /** What a failure of one who was banned `count` times before counts as, as fail2ban's observer has it. */
  retries(count: number, maxRetry: number): { readonly retries: number; readonly text: string } {
    const retries = 2 ** Math.min(count, maxDoublings) / 2 + 1;
    // Python divides into a float and takes the limit, an integer, only where it is the smaller one.
    if (retries > maxRetry) return { retries: maxRetry, text: String(maxRetry) };
    return { retries, text: Number.isInteger(retries) ? `${retries}.0` : String(retries) };
  }
}

function above(option: 'maxTimeMs' | 'rndTimeMs', value: unknown, min: number): number {
  if (typeof value === 'number' && value >= min) return value;
  throw check.bad(`increment.${option}`, `milliseconds of at least ${min}`, value);
}

function multipliersOf(given: BanTimeIncrement['multipliers']): readonly bigint[] {
  const words = typeof given === 'string' ? given.split(/\s+/) : (given ?? []);
  return words
    .filter((word) => word !== '')
    .map((word) => {
      if (/^\+?\d{1,15}$/.test(word)) return BigInt(word);
      throw check.bad('increment.multipliers', 'whole numbers, separated by blanks', word);
    });
}
