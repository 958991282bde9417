const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Checks what callers give as options. `undefined` is the default; what does not fit is thrown as the maker's error. */
export class OptionCheck {
  readonly #fail: OptionFailure;
  readonly #range: RangeWords;

  /**
   * @param fail makes the error that is thrown
   * @param range words for the bounds of an integer; default `from 1 to 9`
   */
  constructor(fail: OptionFailure, range: RangeWords = (min, max) => `from ${min} to ${max}`) {
    this.#fail = fail;
    this.#range = range;
  }

  /** The error for a value: what was expected of which option, and what was given. */
  bad(option: string, expected: string, value: unknown): Error {
    return this.#fail(`${option} must be ${expected}, not ${show(value)}`, value, option, expected);
  }

  /**
   * An integer within the bounds; where the upper bound is `Infinity`, also that.
   *
   * @param max default 2⁵³ − 1
   */
  integer<D extends number | undefined>(
    option: string,
    value: unknown,
    initial: D,
    min: number,
    max: number = Number.MAX_SAFE_INTEGER,
  ): number | D {
    if (value === undefined) return initial;
    const isEndless = value === Number.POSITIVE_INFINITY && value === max;
    const isWithin = Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    if (isWithin || isEndless) return value as number;
    const bounds = max >= Number.MAX_SAFE_INTEGER ? `of at least ${min}` : this.#range(min, max);
    throw this.bad(option, `an integer ${bounds}`, value);
  }

  /** Milliseconds since the epoch; infinite ones, which say "no end", fit too. */
  instant<D extends number | undefined>(option: string, value: unknown, initial: D): number | D {
    if (value === undefined) return initial;
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    throw this.bad(option, 'a number of milliseconds since the epoch', value);
  }

  flag(option: string, value: unknown, initial: boolean = false): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? initial;
    throw this.bad(option, 'true or false', value);
  }

  /** One of the words. */
  word<T extends string>(option: string, value: unknown, initial: NoInfer<T>, words: readonly T[]): T;
  word<T extends string>(option: string, value: unknown, initial: undefined, words: readonly T[]): T | undefined;
  word<T extends string>(option: string, value: unknown, initial: T | undefined, words: readonly T[]): T | undefined {
    if (value === undefined) return initial;
    if (words.includes(value as T)) return value as T;
    throw this.bad(option, words.map((word) => `'${word}'`).join(' or '), value);
  }

  /**
   * A string that is not empty and has no NUL, so that a path or a command line can hold it. It has no default.
   *
   * @param expected what the message says
   */
  text(option: string, value: unknown, expected = 'a non-empty text without NUL'): string {
    if (isText(value)) return value;
    throw this.bad(option, expected, value);
  }

  /** A list of such strings, or `undefined`. */
  texts(option: string, value: unknown): readonly string[] | undefined {
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.bad(option, 'a list of texts', value);
    return (value as readonly unknown[]).map((item) => this.text(option, item));
  }

  /** One such string, or a list of at least one. It has no default. */
  oneOrMore(option: string, value: unknown, expected: string): readonly string[] {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (items.length > 0 && items.every(isText)) return items;
    throw this.bad(option, expected, items.find((item) => !isText(item)) ?? value);
  }

  /** A string that says something to people: not only white space. */
  label(option: string, value: unknown): string | undefined {
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
    throw this.bad(option, 'a text that is not empty', value);
  }

  /**
   * A list of which each item is as expected.
   *
   * @param expected the items, in the plural
   */
  list<T>(
    option: string,
    value: unknown,
    expected: string,
    fits: (item: unknown) => item is T,
  ): readonly T[] | undefined {
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.bad(option, `a list of ${expected}`, value);
    const wrong = value.findIndex((item) => !fits(item));
    if (wrong >= 0) throw this.bad(option, `a list of ${expected}`, value[wrong]);
    return value;
  }

  /** An object with these methods, or `undefined`. */
  object(option: string, value: unknown, methods: readonly string[]): void {
    if (value === undefined) return;
    const isObject = value !== null && typeof value === 'object';
    if (isObject && methods.every((method) => typeof Reflect.get(value, method) === 'function')) return;
    throw this.bad(option, `an object with ${methods.map((method) => `${method}()`).join(', ')}`, value);
  }

  /** A function, or `undefined`. */
  callback(option: string, value: unknown): void {
    if (value !== undefined && typeof value !== 'function') throw this.bad(option, 'a function', value);
  }

  /** The option `signal`: an AbortSignal, or `undefined`. */
  signal(value: unknown): void {
    if (value !== undefined && !(value instanceof AbortSignal)) throw this.bad('signal', 'an AbortSignal', value);
  }
}

/** Makes an error of a fault in one sentence; the parts are for those that say it in another way. */
export type OptionFailure = (fault: string, value: unknown, option: string, expected: string) => Error;

/** The bounds of an integer in words. */
export type RangeWords = (min: number, max: number) => string;

/**
 * The checks of a package's options, which throw the package's own error:
 *
 * ```ts
 * const check = optionCheck((fault, value) => new MyError('ERR_MY_OPTION', fault, { value }));
 * const maxInFlight = check.integer('maxInFlight', options.maxInFlight, 4, 1, 1024);
 * ```
 */
export const optionCheck = (fail: OptionFailure, range?: RangeWords): OptionCheck => new OptionCheck(fail, range);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && !value.includes('\0');
