import { normalizeRanges, type Range, type Ranges, rangesHave } from './ranges.ts';

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

const isAsciiLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

function asciiVariants(ranges: Ranges): Range[] {
  const added: Range[] = [];
  for (let code = 0x41; code <= 0x7a; code++) {
    if (isAsciiLetter(code) && rangesHave(ranges, code)) added.push([code ^ 0x20, code ^ 0x20]);
  }
  return added;
}

/**
 * The ranges and every case variant of their members, as Python's IGNORECASE sees it.
 *
 * @param ascii with Python's ASCII flag only A to Z have case
 */
export function withCaseVariants(ranges: Ranges, ascii: boolean): Ranges {
  if (ascii) return normalizeRanges([...ranges, ...asciiVariants(ranges)]);
  tables ??= buildTables();
  const added: Range[] = [];
  for (const [code, variants] of tables.variants) {
    if (rangesHave(ranges, code)) for (const variant of variants) added.push([variant, variant]);
  }
  return normalizeRanges([...ranges, ...added]);
}
