// A gram is looked up in a table of bytes, 1 where some wanted gram has that hash, else 0. The hash of four grams at once is
// SIMD, and so is the sum with the table's address: then a look-up is a shift and a load. The shift is a constant: V8 would
// make a variable one anew for each vector.

/** Size of the table in bytes is 1 << (32 - HASH_SHIFT). */
// @ts-ignore: decorator
@inline
export const HASH_SHIFT: i32 = 15;

/** Sets bit 5 of each byte: then both cases of a letter are one. */
// @ts-ignore: decorator
@inline
export const FOLD: u32 = 0x20202020;

/** Addresses in the table of the grams that begin at each fourth byte, in any case. */
// @ts-ignore: decorator
@inline
export function lookUp(x: v128, factor: v128, table: v128): v128 {
  const grams = v128.or(x, i32x4.splat(FOLD));
  return i32x4.add(i32x4.shr_u(i32x4.mul(grams, factor), HASH_SHIFT), table);
}

/** 1 when one of the four grams is wanted, else 0. */
// @ts-ignore: decorator
@inline
export function anyWanted(x: v128): u32 {
  const a = i64x2.extract_lane(x, 0);
  const b = i64x2.extract_lane(x, 1);
  return <u32>load<u8>(<u32>a) | load<u8>(<u32>(a >>> 32)) | load<u8>(<u32>b) | load<u8>(<u32>(b >>> 32));
}

/** Appends position p when the byte at `address` is 1. */
// @ts-ignore: decorator
@inline
export function emit(address: u32, p: u32, out: u32): u32 {
  store<u32>(out, p);
  return out + (<u32>load<u8>(address) << 2);
}

/** Appends of four positions, `stride` bytes apart, those whose gram is wanted. */
// @ts-ignore: decorator
@inline
export function emitFour(x: v128, p: u32, stride: u32, out: u32): u32 {
  const a = i64x2.extract_lane(x, 0);
  const b = i64x2.extract_lane(x, 1);
  out = emit(<u32>a, p, out);
  out = emit(<u32>(a >>> 32), p + stride, out);
  out = emit(<u32>b, p + 2 * stride, out);
  return emit(<u32>(b >>> 32), p + 3 * stride, out);
}
