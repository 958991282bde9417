const LF: u8 = 10;

/** Number of LF in [from, to). */
export function countBreaks(from: u32, to: u32): u32 {
  let count: u32 = 0;
  let p = from;
  const lf = i8x16.splat(LF);
  while (p + 16 <= to) {
    // Each byte of the sums counts its own column: at most 255 rows at a time.
    const stop = min(to - 15, p + 16 * 255);
    let sums = i8x16.splat(0);
    for (; p < stop; p += 16) sums = i8x16.sub(sums, i8x16.eq(v128.load(p), lf));
    const pairs = i16x8.extadd_pairwise_i8x16_u(sums);
    const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
    count += i32x4.extract_lane(fours, 0) + i32x4.extract_lane(fours, 1);
    count += i32x4.extract_lane(fours, 2) + i32x4.extract_lane(fours, 3);
  }
  for (; p < to; p++) if (load<u8>(p) == LF) count += 1;
  return count;
}

/** Address of the last LF in [from, to), or `to`. */
export function lastBreak(from: u32, to: u32): u32 {
  let p = to;
  const lf = i8x16.splat(LF);
  for (; p >= from + 16; p -= 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p - 16), lf));
    if (mask != 0) return p - 16 + 31 - clz(mask);
  }
  while (p > from) {
    p -= 1;
    if (load<u8>(p) == LF) return p;
  }
  return to;
}

/** Writes the address of every LF in [from, to) to `out`, ascending; returns how many there are. */
export function lineEnds(from: u32, to: u32, out: u32): u32 {
  let q = out;
  let p = from;
  const lf = i8x16.splat(LF);
  for (; p + 16 <= to; p += 16) {
    let mask = i8x16.bitmask(i8x16.eq(v128.load(p), lf));
    while (mask != 0) {
      store<u32>(q, p + ctz(mask));
      q += 4;
      mask &= mask - 1;
    }
  }
  for (; p < to; p++) {
    if (load<u8>(p) == LF) {
      store<u32>(q, p);
      q += 4;
    }
  }
  return (q - out) >> 2;
}
