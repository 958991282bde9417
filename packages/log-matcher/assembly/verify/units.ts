// Subjects as automata read them: one byte ("unit") for each character. A character of ASCII is its own unit; the others
// are sorted into at most 127 kinds, by tables of 256 characters that are made when they are first needed.

import { page } from '../host';

/** The unit of a character of which no more kinds can be told apart. */
export const NO_UNIT: u32 = 255;
const REPLACEMENT: u32 = 0xfffd;

let pages: u32 = 0;

/** @param table address of a word for each table of 256 characters: its address or 0 */
export function setPages(table: u32): void {
  pages = table;
}

function unitOf(code: u32): u32 {
  const entry = pages + ((code >> 8) << 2);
  let table = load<u32>(entry);
  if (table == 0) {
    table = page(code >> 8);
    store<u32>(entry, table);
  }
  return load<u8>(table + (code & 255));
}

/** Whether [from, to) holds ASCII only. Up to 15 bytes behind it are read. */
export function isAscii(from: u32, to: u32): bool {
  let p = from;
  for (; p + 16 <= to; p += 16) if (i8x16.bitmask(v128.load(p)) != 0) return false;
  if (p == to) return true;
  return (i8x16.bitmask(v128.load(p)) & ((1 << (to - p)) - 1)) == 0;
}

/** Bytes of a sequence that begins with `lead`, or 0 where none does. */
function lengthOf(lead: u32): u32 {
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Least and greatest second byte after `lead` (Unicode, table 3-7). */
function leastSecond(lead: u32): u32 {
  return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
}
function greatestSecond(lead: u32): u32 {
  return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
}

/**
 * Decodes UTF-8 to units. Of an invalid sequence each maximal part is U+FFFD, as the WHATWG's decoder has it.
 *
 * @param out address of as many bytes as there are from `from` to `to`
 * @returns how many units there are; UNSET when a character has none
 */
export function toUnits(from: u32, to: u32, out: u32): u32 {
  let p = from;
  let q = out;
  while (p < to) {
    const lead: u32 = load<u8>(p);
    p += 1;
    let unit = lead;
    if (lead >= 0x80) {
      let code = REPLACEMENT;
      const length = lengthOf(lead);
      if (length != 0) {
        let low = leastSecond(lead);
        let high = greatestSecond(lead);
        let value = lead & (0xff >> (length + 1));
        let taken: u32 = 1;
        while (taken < length && p < to) {
          const next: u32 = load<u8>(p);
          if (next < low || next > high) break;
          value = (value << 6) | (next & 0x3f);
          low = 0x80;
          high = 0xbf;
          p += 1;
          taken += 1;
        }
        if (taken == length) code = value;
      }
      unit = unitOf(code);
      if (unit == NO_UNIT) return 0xffffffff;
    }
    store<u8>(q, <u8>unit);
    q += 1;
  }
  return q - out;
}
