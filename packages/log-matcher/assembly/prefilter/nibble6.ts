import { emitLanes, evens, lanesSet, odds, shift1, shift2 } from './nibble-vectors';

/** As scanEven4, by 6 low nibbles and tables of 6 positions. */
export function scanEven6(from: u32, to: u32, tables: u32, out: u32, steps: u32): u32 {
  const t0 = v128.load(tables);
  const t1 = v128.load(tables, 16);
  const t2 = v128.load(tables, 32);
  const t3 = v128.load(tables, 48);
  const t4 = v128.load(tables, 64);
  const t5 = v128.load(tables, 80);
  const low = i16x8.splat(0x000f);
  let x = v128.load(from);
  let y = v128.load(from, 16);
  let e = evens(x, y, low);
  let o = odds(x, y, low);
  // Of 32 bytes: whether pairs of them may be the first, the second, the third two of a window.
  let first = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
  let second = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
  let third = v128.and(i8x16.swizzle(t4, e), i8x16.swizzle(t5, o));
  let end = steps;
  for (let p = from; p < to; p += 64) {
    x = v128.load(p, 32);
    y = v128.load(p, 48);
    e = evens(x, y, low);
    o = odds(x, y, low);
    const firstB = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
    const secondB = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
    const thirdB = v128.and(i8x16.swizzle(t4, e), i8x16.swizzle(t5, o));
    const a = v128.and(first, v128.and(shift1(second, secondB), shift2(third, thirdB)));
    x = v128.load(p, 64);
    y = v128.load(p, 80);
    e = evens(x, y, low);
    o = odds(x, y, low);
    first = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
    second = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
    third = v128.and(i8x16.swizzle(t4, e), i8x16.swizzle(t5, o));
    const b = v128.and(firstB, v128.and(shift1(secondB, second), shift2(thirdB, third)));
    store<u32>(end, p);
    end += <u32>v128.any_true(v128.or(a, b)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    out = emitLanes(p, 2, even6(p, tables) | (even6(p + 32, tables) << 16), out);
  }
  return out;
}

/** A bit for each even position of the 32 bytes at p. */
// @ts-ignore: decorator
@inline
function even6(p: u32, tables: u32): u32 {
  return lanesSet(v128.and(pairs(p, tables), v128.and(pairs(p + 2, tables + 32), pairs(p + 4, tables + 64))));
}

/** Of the 16 pairs of bytes at p, what the next two tables admit. */
// @ts-ignore: decorator
@inline
function pairs(p: u32, tables: u32): v128 {
  const low = i16x8.splat(0x000f);
  const x = v128.load(p);
  const y = v128.load(p, 16);
  const e = i8x16.swizzle(v128.load(tables), evens(x, y, low));
  return v128.and(e, i8x16.swizzle(v128.load(tables, 16), odds(x, y, low)));
}
