// In logs the low half of a byte (its low nibble) tells nearly as much as the byte. So one table of 16 entries per position
// serves: entry n has a bit for each bucket of windows that admits nibble n there. Upper and lower case of a letter have
// the same low nibble.

/** Low nibbles of the even bytes of 32 bytes. */
// @ts-ignore: decorator
@inline
export function evens(x: v128, y: v128, low: v128): v128 {
  return i8x16.narrow_i16x8_u(v128.and(x, low), v128.and(y, low));
}

/** Low nibbles of the odd bytes of 32 bytes. */
// @ts-ignore: decorator
@inline
export function odds(x: v128, y: v128, low: v128): v128 {
  return i8x16.narrow_i16x8_u(v128.and(i16x8.shr_u(x, 8), low), v128.and(i16x8.shr_u(y, 8), low));
}

/** Lanes 1 to 15 of x, then lane 0 of y. */
// @ts-ignore: decorator
@inline
export function shift1(x: v128, y: v128): v128 {
  return v128.shuffle<u8>(x, y, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
}

/** Lanes 2 to 15 of x, then lanes 0 and 1 of y. */
// @ts-ignore: decorator
@inline
export function shift2(x: v128, y: v128): v128 {
  return v128.shuffle<u8>(x, y, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
}

/** Lanes 3 to 15 of x, then lanes 0 to 2 of y. */
// @ts-ignore: decorator
@inline
export function shift3(x: v128, y: v128): v128 {
  return v128.shuffle<u8>(x, y, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
}

/** A bit for each lane that is not 0. */
// @ts-ignore: decorator
@inline
export function lanesSet(x: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.ne(x, i8x16.splat(0)));
}

/** Appends the positions p + stride · i for each bit i. */
// @ts-ignore: decorator
@inline
export function emitLanes(p: u32, stride: u32, lanes: u32, out: u32): u32 {
  for (; lanes != 0; lanes &= lanes - 1) {
    store<u32>(out, p + stride * ctz(lanes));
    out += 4;
  }
  return out;
}
