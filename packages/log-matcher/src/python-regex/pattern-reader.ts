import { LogMatcherError } from '../log-matcher-error.ts';

const digits = '0123456789';
const backslash = 0x5c;

/** Tokens of ASCII, and those behind a backslash, made once. */
const plainTokens: readonly string[] = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));
const escapeTokens: readonly string[] = plainTokens.map((char) => `\\${char}`);
const maxShown = 40;

/**
 * Reads a pattern token by token, a token being one character or a backslash with the character behind it, as Python's
 * own parser does: what it makes of `(?#…\)` and the like follows from that.
 */
export class PatternReader {
  readonly source: string;
  readonly #pattern: number | undefined;
  #index = 0;
  #next = '';

  /** @param pattern index to name in errors */
  constructor(source: string, pattern: number | undefined) {
    this.source = source;
    this.#pattern = pattern;
    this.#load(0);
  }

  /** The token to come; empty at the end. */
  get next(): string {
    return this.#next;
  }

  /** Offset of the token to come. */
  get at(): number {
    return this.#index;
  }

  #load(index: number): void {
    this.#index = index;
    const { source } = this;
    if (index >= source.length) {
      this.#next = '';
      return;
    }
    const code = source.charCodeAt(index);
    if (code !== backslash) {
      this.#next = plainTokens[code] ?? String.fromCodePoint(source.codePointAt(index) as number);
      return;
    }
    const escaped = source.codePointAt(index + 1);
    if (escaped === undefined) {
      this.fail('bad escape at the end of the pattern', 'write \\\\ for a backslash', index);
    }
    this.#next = escapeTokens[escaped] ?? `\\${String.fromCodePoint(escaped)}`;
  }

  /** Takes the token to come; empty at the end. */
  take(): string {
    const token = this.#next;
    this.#load(this.#index + token.length);
    return token;
  }

  /** Takes the token to come if it is this one. */
  takeIf(token: string): boolean {
    if (this.#next !== token) return false;
    this.take();
    return true;
  }

  /** Takes up to `max` tokens that are characters of `allowed`. */
  takeWhile(allowed: string, max: number): string {
    let taken = '';
    while (taken.length < max && this.#next !== '' && allowed.includes(this.#next)) taken += this.take();
    return taken;
  }

  takeDigits(): string {
    return this.takeWhile(digits, Number.POSITIVE_INFINITY);
  }

  /** Takes everything up to `terminator`, and the terminator. */
  takeUntil(terminator: string, what: string): string {
    const start = this.at;
    let taken = '';
    for (;;) {
      if (this.#next === '') {
        this.fail(taken === '' ? `missing ${what}` : `unterminated ${what}`, `end it with ${terminator}`, start);
      }
      const token = this.take();
      if (token === terminator) break;
      taken += token;
    }
    if (taken === '') this.fail(`missing ${what}`, `write the ${what} before ${terminator}`, start);
    return taken;
  }

  /** Takes the rest of `(?#…)`, in which nothing is escaped but by a token of two. */
  takeComment(start: number): void {
    for (;;) {
      if (this.#next === '') this.fail('missing ")", unterminated comment', 'close the comment with ")"', start);
      if (this.take() === ')') return;
    }
  }

  /** A part of the pattern as a message shows it. */
  shown(text: string): string {
    return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  }

  /** Goes back to an offset that {@link at} gave. */
  seek(index: number): void {
    this.#load(index);
  }

  /**
   * Throws a syntax error.
   *
   * @param at offset of the fault
   */
  fail(fault: string, cure: string, at: number, code = 'ERR_LOG_MATCHER_SYNTAX'): never {
    throw new LogMatcherError(code, fault, { pattern: this.#pattern, column: at + 1, cure, value: this.source });
  }
}
