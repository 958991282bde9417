const LF: u8 = 10;

/** Address of the first '\n' in [from, end), or end. Up to 15 bytes behind end are read. */
export function findBreak(from: u32, end: u32): u32 {
  const lf = i8x16.splat(LF);
  for (let p = from; p < end; p += 16) {
    const mask = <u32>i8x16.bitmask(i8x16.eq(v128.load(p), lf));
    if (mask != 0) return min(p + ctz(mask), end);
  }
  return end;
}

/** Address behind the last '\n' in [floor, to), or floor. Up to 15 bytes before floor are read. */
export function findLineStart(to: u32, floor: u32): u32 {
  const lf = i8x16.splat(LF);
  for (let p = to; p > floor; p -= 16) {
    const mask = <u32>i8x16.bitmask(i8x16.eq(v128.load(p - 16), lf));
    if (mask != 0) return max(p + 16 - clz(mask), floor);
  }
  return floor;
}
