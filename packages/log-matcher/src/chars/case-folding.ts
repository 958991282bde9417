import { countOf, normalizeRanges, type Range, type Ranges, rangesHave } from './ranges.ts';

/** No character beyond plane 1 has case. */
const casedEnd = 0x20000;
const dotlessI = 0x131;

/** Joins characters that have a text in common: themselves, their lower or their upper case. */
class Classes {
  readonly #parent = new Map<number, number>();
  readonly #byText = new Map<string, number>();

  first(code: number): number {
    const parent = this.#parent.get(code) ?? code;
    return parent === code ? code : this.first(parent);
  }

  add(code: number): void {
    const char = String.fromCodePoint(code);
    for (const text of [char, char.toLowerCase(), char.toUpperCase()]) {
      const other = this.#byText.get(text);
      if (other === undefined) {
        this.#byText.set(text, code);
        continue;
      }
      const [low, high] = [this.first(other), this.first(code)].sort((a, b) => a - b) as [number, number];
      this.#parent.set(high, low);
    }
  }
}

function buildVariants(): ReadonlyMap<number, readonly number[]> {
  const cased = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;
  const classes = new Classes();
  const codes: number[] = [];
  for (let code = 0; code < casedEnd; code++) {
    // Dotless i has the upper case of i, but folds to itself alone outside of Turkish.
    if ((code >= 0xd800 && code <= 0xdfff) || code === dotlessI || !cased.test(String.fromCodePoint(code))) continue;
    classes.add(code);
    codes.push(code);
  }
  const members = new Map<number, number[]>();
  for (const code of codes) {
    const first = classes.first(code);
    members.set(first, [...(members.get(first) ?? []), code]);
  }
  return new Map(codes.map((code) => [code, members.get(classes.first(code)) as number[]]));
}

let built: ReadonlyMap<number, readonly number[]> | undefined;

function tables(): ReadonlyMap<number, readonly number[]> {
  built ??= buildVariants();
  return built;
}

const none: readonly number[] = [];

/**
 * All characters with the same simple case folding (Unicode's CaseFolding.txt, status C and S), ascending and with the
 * character itself; none when it has no case. JavaScript's flags `iu` take them for one. Follows from the running V8's
 * Unicode data.
 */
export function foldedWith(code: number): readonly number[] {
  if (code < 0x80 && !/[a-z]/i.test(String.fromCharCode(code))) return none;
  return tables().get(code) ?? none;
}

/** One character for all that have the same simple case folding. */
export const foldOf = (code: number): number => foldedWith(code)[0] ?? code;

/** Above so many characters it is quicker to go through the characters that have case. */
const manyChars = 1000;

/** The ranges with all characters that fold like one of theirs. */
export function withFolded(ranges: Ranges): Ranges {
  const added: Range[] = [];
  const add = (variants: readonly number[]): void => {
    for (const variant of variants) added.push([variant, variant]);
  };
  if (countOf(ranges) > manyChars) {
    for (const [code, variants] of tables()) if (rangesHave(ranges, code)) add(variants);
  } else {
    for (const [from, to] of ranges) for (let code = from; code <= to; code++) add(foldedWith(code));
  }
  return added.length === 0 ? ranges : normalizeRanges([...ranges, ...added]);
}
