import { emitLanes, evens, lanesSet, odds, shift1, shift2, shift3 } from './nibble-vectors';

// As for the hash kernels: positions in [from, to) that some bucket admits, ascending, to `out`; returns the end of the list.
// First the steps are listed in which there is one, then the positions in these: nothing branches on the text.

/**
 * Even positions of which 4 low nibbles are admitted.
 *
 * @param from even; multiples of 16 are fastest
 * @param to from plus a multiple of 64; up to 96 bytes behind it are read
 * @param tables of the 4 positions, 16 bytes each
 * @param steps room for a word for each 64 bytes, and one more
 */
export function scanEven4(from: u32, to: u32, tables: u32, out: u32, steps: u32): u32 {
  const t0 = v128.load(tables);
  const t1 = v128.load(tables, 16);
  const t2 = v128.load(tables, 32);
  const t3 = v128.load(tables, 48);
  const low = i16x8.splat(0x000f);
  let x = v128.load(from);
  let y = v128.load(from, 16);
  let e = evens(x, y, low);
  let o = odds(x, y, low);
  // Of 32 bytes: whether pairs of them may be the first two of a window, and the last two.
  let head = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
  let tail = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
  let end = steps;
  for (let p = from; p < to; p += 64) {
    x = v128.load(p, 32);
    y = v128.load(p, 48);
    e = evens(x, y, low);
    o = odds(x, y, low);
    const headB = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
    const tailB = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
    const a = v128.and(head, shift1(tail, tailB));
    x = v128.load(p, 64);
    y = v128.load(p, 80);
    e = evens(x, y, low);
    o = odds(x, y, low);
    head = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
    tail = v128.and(i8x16.swizzle(t2, e), i8x16.swizzle(t3, o));
    const b = v128.and(headB, shift1(tailB, tail));
    store<u32>(end, p);
    end += <u32>v128.any_true(v128.or(a, b)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    out = emitLanes(p, 2, even4(p, t0, t1, t2, t3) | (even4(p + 32, t0, t1, t2, t3) << 16), out);
  }
  return out;
}

/** A bit for each even position of the 32 bytes at p. */
// @ts-ignore: decorator
@inline
function even4(p: u32, t0: v128, t1: v128, t2: v128, t3: v128): u32 {
  const low = i16x8.splat(0x000f);
  const e = evens(v128.load(p), v128.load(p, 16), low);
  const o = odds(v128.load(p), v128.load(p, 16), low);
  const f = evens(v128.load(p, 2), v128.load(p, 18), low);
  const q = odds(v128.load(p, 2), v128.load(p, 18), low);
  const head = v128.and(i8x16.swizzle(t0, e), i8x16.swizzle(t1, o));
  return lanesSet(v128.and(head, v128.and(i8x16.swizzle(t2, f), i8x16.swizzle(t3, q))));
}

/**
 * All positions of which 4 low nibbles are admitted: for windows too short to be entered at both phases.
 *
 * @param to from plus a multiple of 32; up to 48 bytes behind it are read
 * @param steps room for a word for each 32 bytes, and one more
 */
export function scanAll4(from: u32, to: u32, tables: u32, out: u32, steps: u32): u32 {
  const t0 = v128.load(tables);
  const t1 = v128.load(tables, 16);
  const t2 = v128.load(tables, 32);
  const t3 = v128.load(tables, 48);
  const low = i8x16.splat(0x0f);
  let n = v128.and(v128.load(from), low);
  let b0 = i8x16.swizzle(t0, n);
  let b1 = i8x16.swizzle(t1, n);
  let b2 = i8x16.swizzle(t2, n);
  let b3 = i8x16.swizzle(t3, n);
  let end = steps;
  for (let p = from; p < to; p += 32) {
    n = v128.and(v128.load(p, 16), low);
    const c0 = i8x16.swizzle(t0, n);
    const c1 = i8x16.swizzle(t1, n);
    const c2 = i8x16.swizzle(t2, n);
    const c3 = i8x16.swizzle(t3, n);
    const x = v128.and(v128.and(b0, shift1(b1, c1)), v128.and(shift2(b2, c2), shift3(b3, c3)));
    n = v128.and(v128.load(p, 32), low);
    b0 = i8x16.swizzle(t0, n);
    b1 = i8x16.swizzle(t1, n);
    b2 = i8x16.swizzle(t2, n);
    b3 = i8x16.swizzle(t3, n);
    const y = v128.and(v128.and(c0, shift1(c1, b1)), v128.and(shift2(c2, b2), shift3(c3, b3)));
    store<u32>(end, p);
    end += <u32>v128.any_true(v128.or(x, y)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    out = emitLanes(p, 1, all4(p, t0, t1, t2, t3) | (all4(p + 16, t0, t1, t2, t3) << 16), out);
  }
  return out;
}

/** A bit for each of the 16 positions at p. */
// @ts-ignore: decorator
@inline
function all4(p: u32, t0: v128, t1: v128, t2: v128, t3: v128): u32 {
  const low = i8x16.splat(0x0f);
  const a = v128.and(i8x16.swizzle(t0, v128.and(v128.load(p), low)), i8x16.swizzle(t1, v128.and(v128.load(p, 1), low)));
  const b = v128.and(i8x16.swizzle(t2, v128.and(v128.load(p, 2), low)), i8x16.swizzle(t3, v128.and(v128.load(p, 3), low)));
  return lanesSet(v128.and(a, b));
}
