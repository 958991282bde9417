import { countOf, normalizeRanges, type Range, type Ranges, rangesHave } from './ranges.ts';

/**
 * Characters that a pattern's character also stands for under IGNORECASE.
 *
 * Python lowers the subject's character (one character to one) and compares it with the lowered pattern's character and
 * with the other lower-case characters of the same upper case (`i` and dotless `i`, `s` and long `s`, the three
 * sigmas, …). Both tables follow from the Unicode database, so they are derived here and not copied.
 */
interface CaseTables {
  /** Code points that share a fold, by each member: every one matches every other. */
  readonly variants: ReadonlyMap<number, readonly number[]>;
}

/** Python's one-to-one lower case: of capital dotted I the plain `i` alone. */
export const lowerOf = (code: number): number => String.fromCodePoint(code).toLowerCase().codePointAt(0) as number;

function eachCased(visit: (code: number) => void): void {
  const cased = /[\p{Changes_When_Lowercased}\p{Changes_When_Uppercased}]/u;
  // No character beyond plane 1 has case.
  for (let code = 0; code < 0x20000; code++) {
    if ((code < 0xd800 || code > 0xdfff) && cased.test(String.fromCodePoint(code))) visit(code);
  }
}

function buildTables(): CaseTables {
  const byUpper = new Map<string, Set<number>>();
  const byLower = new Map<number, number[]>();
  eachCased((code) => {
    const lower = lowerOf(code);
    byLower.set(lower, [...(byLower.get(lower) ?? []), code]);
    const text = String.fromCodePoint(code);
    const upper = text.toUpperCase();
    // Only one to one: capital dotted I lowers to two characters, and groups by its own upper case alone.
    if (text.toLowerCase().length === String.fromCodePoint(lower).length) {
      byUpper.set(upper, (byUpper.get(upper) ?? new Set()).add(lower));
    }
  });
  const variants = new Map<number, readonly number[]>();
  const fixes = new Map<number, Set<number>>();
  for (const lowers of byUpper.values()) if (lowers.size > 1) for (const lower of lowers) fixes.set(lower, lowers);
  for (const [lower, members] of byLower) {
    const all = new Set<number>();
    for (const other of fixes.get(lower) ?? [lower]) {
      all.add(other);
      for (const member of byLower.get(other) ?? []) all.add(member);
    }
    for (const member of new Set([lower, ...members])) variants.set(member, [...all]);
  }
  return { variants };
}

let tables: CaseTables | undefined;

/** Characters beyond ASCII that share a lower or upper case with an ASCII letter, so that ASCII needs no tables. */
const beyondAscii: ReadonlyMap<number, readonly number[]> = new Map([
  [0x69, [0x130, 0x131]],
  [0x6b, [0x212a]],
  [0x73, [0x17f]],
]);

/**
 * What a character also stands for under IGNORECASE; may hold the character itself.
 *
 * @param ascii with Python's ASCII flag only A to Z have case
 */
export function variantsOf(code: number, ascii: boolean): readonly number[] {
  if (code < 0x80) {
    const lower = code | 0x20;
    if (lower < 0x61 || lower > 0x7a) return [];
    const others = ascii ? undefined : beyondAscii.get(lower);
    return others === undefined ? [code ^ 0x20] : [code ^ 0x20, ...others];
  }
  if (ascii) return [];
  tables ??= buildTables();
  return tables.variants.get(code) ?? [];
}

/** Above so many characters it is quicker to go through the characters that have case. */
const manyChars = 1000;

/**
 * The ranges and every case variant of their members, as Python's IGNORECASE sees it.
 *
 * @param ascii with Python's ASCII flag only A to Z have case
 */
export function withCaseVariants(ranges: Ranges, ascii: boolean): Ranges {
  const added: Range[] = [];
  const add = (code: number): void => {
    for (const variant of variantsOf(code, ascii)) added.push([variant, variant]);
  };
  const [, last] = ranges.at(-1) ?? [0, 0];
  if (!ascii && last > 0x7f && countOf(ranges) > manyChars) {
    tables ??= buildTables();
    for (const code of tables.variants.keys()) if (rangesHave(ranges, code)) add(code);
  } else {
    for (const [from, to] of ranges) {
      for (let code = from; code <= (ascii ? Math.min(to, 0x7f) : to); code++) add(code);
    }
  }
  return added.length === 0 ? ranges : normalizeRanges([...ranges, ...added]);
}
