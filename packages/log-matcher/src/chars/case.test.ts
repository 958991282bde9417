import { foldedWith, foldOf, withFolded } from './case-folding.ts';
import { variantsOf, withCaseVariants } from './case-variants.ts';

const cased: readonly number[] = Array.from({ length: 0x20000 }, (_, code) => code).filter((code) =>
  /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(String.fromCodePoint(code)),
);

describe('case folding', () => {
  test('takes for one what V8 takes for one under the flags iu', () => {
    const all = cased.map((code) => String.fromCodePoint(code)).join('');
    for (const code of cased) {
      const same = [...all.matchAll(new RegExp(`\\u{${code.toString(16)}}`, 'giu'))].map(([char]) =>
        char.codePointAt(0),
      );
      expect([code, ...foldedWith(code)]).toEqual([code, ...(foldedWith(code).length === 0 ? [] : same)]);
      expect(same.length).toBe(Math.max(1, foldedWith(code).length));
      for (const other of foldedWith(code)) expect(foldOf(other)).toBe(foldOf(code));
    }
  });

  test('closes many characters as it closes few', () => {
    const few = withFolded([[0x61, 0x17f]]);
    const many = withFolded([
      [0x61, 0x17f],
      [0x4e00, 0x6000],
    ]);
    expect(many.filter(([from]) => from < 0x4e00)).toEqual(few.filter(([from]) => from < 0x4e00));
  });
});

describe("Python's case variants", () => {
  test('of ASCII are those that the tables of all other characters lead to', () => {
    const leading = new Map<number, number[]>();
    for (const code of cased.filter((other) => other >= 0x80)) {
      for (const variant of variantsOf(code, false)) {
        if (variant < 0x80) leading.set(variant, [...(leading.get(variant) ?? []), code]);
      }
    }
    expect(leading.size).toBe(6);
    for (let code = 0; code < 0x80; code++) {
      const beyond = variantsOf(code, false).filter((other) => other >= 0x80);
      expect([code, beyond]).toEqual([code, leading.get(code) ?? []]);
      const inside = variantsOf(code, false).filter((other) => other < 0x80);
      expect(inside).toEqual(variantsOf(code, true));
    }
    expect(variantsOf(0x41, true)).toEqual([0x61]);
    expect(variantsOf(0x5f, true)).toEqual([]);
  });

  test('closes many characters as it closes few', () => {
    const far = [0x4e00, 0x6000] as const;
    const many = withCaseVariants([[0x61, 0x17f], far], false);
    expect(many.filter(([from]) => from < 0x4e00)).toEqual(withCaseVariants([[0x61, 0x17f]], false));
  });
});
