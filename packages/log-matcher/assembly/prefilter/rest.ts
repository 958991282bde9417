import {
  LENGTH,
  REST_AFTER,
  REST_BYTES,
  REST_KIND,
  REST_LENGTH,
  REST_MASKS,
  SEARCH_BEYOND,
  SEARCH_FROM,
  SEARCH_SCAN,
  SEARCH_TO,
} from './descriptor';
import { findBreak, findLineStart } from './line-bounds';

// A needle may be the beginning or the end of a literal, of which a cut through the line may have torn off the rest. Then as
// much of the rest as adjoins the needle is here, and what lies beyond stands elsewhere on the line, on the right side. Of
// that up to four bytes are looked for. So the answer may be wrong where it is yes, and never where it is no.

/** How far the rest is looked for. On a line that goes on it is taken to be there: the time stays linear. */
const REACH: u32 = 1024;
const WINDOW: u32 = 4;

/** The four bytes to look for, and their masks; of fewer the last ones are any. */
let bytes: u32 = 0;
let masks: u32 = 0;
let length: u32 = 0;

function choose(needle: u32, from: u32, count: u32): void {
  const any: u32 = count == WINDOW ? 0 : 0xffffffff << (count << 3);
  bytes = load<u32>(needle + from, REST_BYTES) | any;
  masks = load<u32>(needle + from, REST_MASKS) | any;
  length = count;
}

// @ts-ignore: decorator
@inline
function fits(p: u32, index: u32): v128 {
  const shift = index << 3;
  return i8x16.eq(v128.or(v128.load(p + index), i8x16.splat(<i8>(masks >>> shift))), i8x16.splat(<i8>(bytes >>> shift)));
}

/** Whether what was chosen stands in [from, to). Up to 18 bytes behind are read. */
function stands(from: u32, to: u32): bool {
  for (let p = from; p + length <= to; p += 16) {
    let mask = i8x16.bitmask(v128.and(v128.and(fits(p, 0), fits(p, 1)), v128.and(fits(p, 2), fits(p, 3))));
    const places = to - length + 1 - p;
    if (places < 16) mask &= (1 << places) - 1;
    if (mask != 0) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function equals(needle: u32, index: u32, p: u32): bool {
  return (load<u8>(p) | load<u8>(needle + index, REST_MASKS)) == load<u8>(needle + index, REST_BYTES);
}

/**
 * Whether the rest of a literal may be on the line.
 *
 * @param begin where the needle stands
 * @param floor no line begins before, if not there
 * @param end of the range
 * @param scan a number that no other scan has
 */
export function mayHaveRest(needle: u32, begin: u32, floor: u32, end: u32, scan: u32): bool {
  const kind = load<u32>(needle, REST_KIND);
  if (kind == 0) return true;
  return kind == REST_AFTER
    ? mayFollow(needle, begin + load<u32>(needle, LENGTH), end, scan)
    : mayPrecede(needle, begin, floor, scan);
}

function mayFollow(needle: u32, at: u32, end: u32, scan: u32): bool {
  const all = load<u32>(needle, REST_LENGTH);
  let beyond: u32 = 0;
  while (beyond < all && equals(needle, beyond, at + beyond)) beyond += 1;
  if (beyond == all) return true;
  const from = at + beyond;
  if (
    load<u32>(needle, SEARCH_SCAN) == scan &&
    load<u32>(needle, SEARCH_BEYOND) == beyond &&
    load<u32>(needle, SEARCH_FROM) <= from &&
    from < load<u32>(needle, SEARCH_TO)
  ) {
    return false;
  }
  const reach = min(end, from + REACH);
  const to = findBreak(from, reach);
  if (to == reach && reach < end) return true;
  choose(needle, beyond, min(WINDOW, all - beyond));
  return stands(from, to) || note(needle, scan, beyond, from, to);
}

function mayPrecede(needle: u32, at: u32, floor: u32, scan: u32): bool {
  const all = load<u32>(needle, REST_LENGTH);
  let beyond: u32 = 0;
  while (beyond < all && equals(needle, all - 1 - beyond, at - 1 - beyond)) beyond += 1;
  if (beyond == all) return true;
  const to = at - beyond;
  const left = all - beyond;
  const count = min(WINDOW, left);
  let from: u32;
  const isKnown = load<u32>(needle, SEARCH_SCAN) == scan && load<u32>(needle, SEARCH_BEYOND) == beyond;
  const known = isKnown ? load<u32>(needle, SEARCH_TO) : 0;
  if (known >= to) return false;
  if (known > floor && to - known <= REACH) {
    from = findLineStart(to, known);
    // No break since then: the same line, of which the beginning was searched.
    if (from == known) from = max(floor, known - (count - 1));
  } else {
    const reach = max(floor, to - REACH);
    from = findLineStart(to, reach);
    if (from == reach && reach > floor) return true;
  }
  choose(needle, left - count, count);
  return stands(from, to) || note(needle, scan, beyond, from, to);
}

/** Notes that a search found nothing; says no. */
function note(needle: u32, scan: u32, beyond: u32, from: u32, to: u32): bool {
  store<u32>(needle, scan, SEARCH_SCAN);
  store<u32>(needle, beyond, SEARCH_BEYOND);
  store<u32>(needle, from, SEARCH_FROM);
  store<u32>(needle, to, SEARCH_TO);
  return false;
}
