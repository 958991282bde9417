/** A part of a regex that cannot be left out: `any` is one character or some, `run` as many as there are. */
type Need = 'start' | 'end' | 'any' | 'run' | 'other';

const quantifier = /^(?:[*?+]|\{(\d*)(?:,\d*)?\})([?+]?)/;
const groupOpen = /^\((?:\?(?:P<\w+>|:)|(?!\?))/;

/** Reads the least that a regex asks for: optional parts are left out. Throws a RangeError at what it does not know. */
class NeedReader {
  #rest: string;

  constructor(regex: string) {
    this.#rest = regex;
  }

  read(): readonly Need[] {
    const needs = this.#alternatives();
    if (this.#rest !== '') throw new RangeError(this.#rest);
    return needs;
  }

  /** Of alternatives one that asks for nothing is enough; else they are too much to tell. */
  #alternatives(): readonly Need[] {
    const all = [this.#sequence()];
    while (this.#rest.startsWith('|')) {
      this.#rest = this.#rest.slice(1);
      all.push(this.#sequence());
    }
    if (all.length === 1) return all[0] as readonly Need[];
    return all.some((needs) => needs.length === 0) ? [] : ['other'];
  }

  #sequence(): readonly Need[] {
    const needs: Need[] = [];
    while (this.#rest !== '' && !this.#rest.startsWith('|') && !this.#rest.startsWith(')'))
      needs.push(...this.#quantified(this.#atom()));
    return needs;
  }

  #quantified(needs: readonly Need[]): readonly Need[] {
    const [text, count, suffix] = quantifier.exec(this.#rest) ?? [''];
    if (text === '') return needs;
    if (suffix === '+') throw new RangeError(text);
    this.#rest = this.#rest.slice(text.length);
    const least = text.startsWith('+') ? 1 : text.startsWith('{') ? Number(count) : 0;
    if (least === 0 || needs.length === 0) return [];
    if (least > 1) return ['other'];
    const isAny = needs.length === 1 && needs[0] === 'any';
    if (isAny && /^(?:\+|\{1,\})/.test(text)) return ['run'];
    return isAny ? needs : ['other'];
  }

  #atom(): readonly Need[] {
    const open = groupOpen.exec(this.#rest)?.[0];
    if (open !== undefined) {
      this.#rest = this.#rest.slice(open.length);
      const needs = this.#alternatives();
      if (!this.#rest.startsWith(')')) throw new RangeError(this.#rest);
      this.#rest = this.#rest.slice(1);
      return needs;
    }
    const [text = ''] = /^(?:\\.|\[\^?\]?(?:\\.|[^\]])*\]|[^()|])/s.exec(this.#rest) ?? [];
    if (text === '') throw new RangeError(this.#rest);
    this.#rest = this.#rest.slice(text.length);
    if (text === '^') return ['start'];
    if (text === '$') return ['end'];
    return [text === '.' ? 'any' : 'other'];
  }
}

const enough = /^(?:(?:start )?(?:any |run )?|(?:start )?run end |(?:any |run )end )$/;

/**
 * Whether it is sure that a Python regex matches every line that is not empty: without its optional parts it is `^.+$` or
 * asks for less. False means only that it is not sure.
 */
export function matchesAnyLine(regex: string): boolean {
  try {
    const needs = new NeedReader(regex).read();
    return enough.test(needs.map((need) => `${need} `).join(''));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
