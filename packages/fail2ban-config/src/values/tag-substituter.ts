import { faultAt, quote } from '../fail2ban-config-error.ts';
import { MAX_EXPANDED_CHARS } from './interpolator.ts';
import { type Line, placeOf, sizeOf, type Value } from './value.ts';

/** Most levels of `<tag>` within each other's values. */
export const MAX_TAG_DEPTH = 32;

const TAG = /<[^ <>]+>/g;
/** A bracket that opens within what may be a tag's name. */
const NESTED = /<[^ <>]*</;
const MARK = /[<> ]/;
const MARK_FROM = /[<> ]/g;

function nextMark(text: string, from: number): number {
  MARK_FROM.lastIndex = from;
  return MARK_FROM.exec(text)?.index ?? -1;
}

/**
 * Replaces `<tag>` by the value that a look-up gives, inner tags first (`<mode-<type>>`), again in what comes in,
 * and leaves alone what the look-up does not know (`<HOST>`, `<ip>`, `cat <file`).
 */
export class TagSubstituter {
  readonly #lookup: (tag: string) => Value | undefined;
  readonly #substituted = new Map<string, Value | undefined>();
  readonly #trail: string[] = [];
  #chars = 0;

  constructor(lookup: (tag: string) => Value | undefined) {
    this.#lookup = lookup;
  }

  /**
   * @param name whose value it is, so that `<name>` in it is a fault
   * @throws Fail2banConfigError for a tag that contains itself, more than {@link MAX_TAG_DEPTH} levels, or a value that
   *   grows over the bound
   */
  substitute(name: string, value: Value): Value {
    this.#chars = 0;
    this.#trail.length = 0;
    return this.#expand(name, value);
  }

  #expand(name: string, value: Value): Value {
    this.#count(value);
    if (!value.some((line) => line.text.includes('<'))) return value;
    this.#trail.push(name);
    const lines: Line[] = [];
    for (const line of value) {
      if (line.text.includes('<')) for (const done of this.#line(line)) lines.push(done);
      else lines.push(line);
    }
    this.#trail.pop();
    return lines;
  }

  #resolve(tag: string, line: Line): Value | undefined {
    if (this.#trail.includes(tag) || this.#trail.length > MAX_TAG_DEPTH) {
      const loop = this.#trail.includes(tag);
      const fault = loop
        ? `<${tag}> contains itself, by way of ${quote(this.#trail.join(' > '))}`
        : `<…> is nested more than ${MAX_TAG_DEPTH} levels deep`;
      throw faultAt(line.place, 'ERR_FAIL2BAN_CONFIG_TAG', fault, 'take one of these tags out');
    }
    const before = this.#substituted.get(tag);
    if (before !== undefined || this.#substituted.has(tag)) return before;
    const found = this.#lookup(tag);
    const value = found && this.#expand(tag, found);
    this.#substituted.set(tag, value);
    return value;
  }

  #line(line: Line): readonly Line[] {
    return NESTED.test(line.text) ? this.#nested(line) : this.#flat(line);
  }

  /** A line in which no tag stands within another's name. */
  #flat(line: Line): readonly Line[] {
    const { text } = line;
    let lines: Line[] | undefined;
    let { place } = line;
    let done = '';
    let from = 0;
    TAG.lastIndex = 0;
    // All are found before any is resolved, which uses the same expression.
    for (const match of text.match(TAG) ?? []) {
      const at = text.indexOf(match, from);
      done += text.slice(from, at);
      from = at + match.length;
      const value = this.#resolve(match.slice(1, -1), line);
      if (value === undefined) {
        done += match;
        continue;
      }
      this.#count(value);
      const first = value[0] as Line;
      if (done === '' && from === text.length) place = first.place;
      done += first.text;
      for (let index = 1; index < value.length; index += 1) {
        const next = value[index] as Line;
        lines ??= [];
        lines.push({ text: done, place });
        done = next.text;
        place = next.place;
      }
    }
    if (from === 0) return [line];
    const last = { text: done + text.slice(from), place };
    if (lines === undefined) return [last];
    lines.push(last);
    return lines;
  }

  /** A line in which one may: in one pass, inner tags first. */
  #nested(line: Line): readonly Line[] {
    const lines: Line[] = [];
    let place = line.place;
    let closed = '';
    // What follows each `<` that may still become a tag. Kept apart, so that no text is cut or joined twice.
    let open: string[] = [];
    const add = (text: string): void => {
      if (open.length === 0) closed += text;
      else open[open.length - 1] += text;
    };
    const close = (): void => {
      for (const text of open) closed += `<${text}`;
      open = [];
    };
    let from = 0;
    for (;;) {
      // Outside of what may become a tag, only a bracket that opens one counts.
      const index = open.length === 0 ? line.text.indexOf('<', from) : nextMark(line.text, from);
      if (index === -1) break;
      add(line.text.slice(from, index));
      from = index + 1;
      const mark = line.text[index] as string;
      if (mark === '<') {
        open.push('');
        continue;
      }
      const tag = mark === '>' ? open.at(-1) : undefined;
      const value = tag ? this.#resolve(tag, line) : undefined;
      if (value === undefined) {
        close();
        closed += mark;
        continue;
      }
      open.pop();
      this.#count(value);
      const [first, ...rest] = value as [Line, ...Line[]];
      const alone = closed === '' && open.length === 0 && from === line.text.length;
      if (rest.length === 0 && !MARK.test(first.text)) {
        add(first.text);
      } else {
        // Only a plain word can be a part of an outer tag's name.
        close();
        closed += first.text;
      }
      if (alone) place = first.place;
      for (const next of rest) {
        lines.push({ text: closed, place });
        closed = next.text;
        place = next.place;
      }
    }
    add(line.text.slice(from));
    close();
    lines.push({ text: closed, place });
    return lines;
  }

  #count(value: Value): void {
    this.#chars += sizeOf(value);
    if (this.#chars <= MAX_EXPANDED_CHARS) return;
    const fault = `the value grows over ${MAX_EXPANDED_CHARS} characters when its tags are filled in`;
    throw faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_TOO_LONG', fault, 'shorten it');
  }
}
