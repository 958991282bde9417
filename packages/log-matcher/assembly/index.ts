// Memory plan: [0, INPUT) bytes to look at, [INPUT, TABLE) offsets found, as u32, [TABLE, TABLE + GRAMS) table of grams.
// INPUT is a multiple of 16, so that no vector load crosses from the input into what follows.

/** Most bytes that one call takes. */
export const INPUT: i32 = 65536;
/** Where the table of grams lies: one byte for each hash, not 0 where a wanted gram has that hash. */
export const TABLE: i32 = INPUT + 4 * INPUT;
/** Bits of a gram's hash. */
export const HASH_BITS: i32 = 15;
/** Multiplier of the hash. */
export const HASH_FACTOR: u32 = 0x9e3779b1;

/** 1 or more when the three bytes at `i`, in any ASCII case, may be a wanted gram. */
function mayBeWanted(i: i32): u32 {
  const gram = (load<u32>(i) & 0xffffff) | 0x202020;
  return load<u8>(TABLE + ((gram * HASH_FACTOR) >> (32 - HASH_BITS)));
}

const LF: u8 = 10;

/** Number of LF in [0, len). */
export function countBreaks(len: i32): i32 {
  let count = 0;
  let i = 0;
  const lf = i8x16.splat(LF);
  for (; i + 16 <= len; i += 16) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(i), lf)));
  }
  for (; i < len; i++) {
    if (load<u8>(i) == LF) count += 1;
  }
  return count;
}

/** Offset of the last LF in [0, len), or -1. */
export function lastBreak(len: i32): i32 {
  let i = len;
  const lf = i8x16.splat(LF);
  for (; i >= 16; i -= 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(i - 16), lf));
    if (mask != 0) return i - 16 + 31 - clz(mask);
  }
  for (i -= 1; i >= 0; i--) {
    if (load<u8>(i) == LF) return i;
  }
  return -1;
}

/** Writes the offset of every LF in [0, len) to the table at INPUT, ascending; returns how many there are. */
export function lineEnds(len: i32): i32 {
  let out = INPUT;
  let i = 0;
  const lf = i8x16.splat(LF);
  for (; i + 16 <= len; i += 16) {
    let mask = i8x16.bitmask(i8x16.eq(v128.load(i), lf));
    while (mask != 0) {
      store<u32>(out, i + ctz(mask));
      out += 4;
      mask &= mask - 1;
    }
  }
  for (; i < len; i++) {
    if (load<u8>(i) == LF) {
      store<u32>(out, i);
      out += 4;
    }
  }
  return (out - INPUT) >> 2;
}

/** Writes the offset of every gram of [0, len) that may be wanted to the table at INPUT, ascending; returns how many. */
export function findGrams(len: i32): i32 {
  let out = INPUT;
  let i = 0;
  const last = len - 2;
  for (; i + 8 <= last; i += 8) {
    const low = mayBeWanted(i) | mayBeWanted(i + 1) | mayBeWanted(i + 2) | mayBeWanted(i + 3);
    const high = mayBeWanted(i + 4) | mayBeWanted(i + 5) | mayBeWanted(i + 6) | mayBeWanted(i + 7);
    if ((low | high) == 0) continue;
    for (let j = i; j < i + 8; j++) {
      if (mayBeWanted(j) == 0) continue;
      store<u32>(out, j);
      out += 4;
    }
  }
  for (; i < last; i++) {
    if (mayBeWanted(i) == 0) continue;
    store<u32>(out, i);
    out += 4;
  }
  return (out - INPUT) >> 2;
}
