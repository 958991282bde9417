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
import { breakWithin, lineStartWithin } from './seen-line';

// A needle may be the beginning or the end of a literal, of which a cut through the line may have torn off the rest. Then as
// much of the rest as adjoins the needle is here, and what lies beyond stands elsewhere on the line, on the right side. Of
// that up to four bytes are looked for. So the answer may be wrong where it is yes, and never where it is no.

/** How far the rest is looked for. On a line that goes on it is taken to be there: the time stays linear. */
const REACH: u32 = 1024;
const WINDOW: u32 = 4;

/** Whether up to four bytes of the rest, from its `first` on, stand in [from, to). Up to 18 bytes behind are read. */
function stands(needle: u32, first: u32, count: u32, from: u32, to: u32): bool {
  // Of fewer than four bytes the last ones are any.
  const any: u32 = count == WINDOW ? 0 : 0xffffffff << (count << 3);
  const bytes = load<u32>(needle + first, REST_BYTES) | any;
  const masks = load<u32>(needle + first, REST_MASKS) | any;
  const b0 = i8x16.splat(<i8>bytes);
  const b1 = i8x16.splat(<i8>(bytes >>> 8));
  const b2 = i8x16.splat(<i8>(bytes >>> 16));
  const b3 = i8x16.splat(<i8>(bytes >>> 24));
  const m0 = i8x16.splat(<i8>masks);
  const m1 = i8x16.splat(<i8>(masks >>> 8));
  const m2 = i8x16.splat(<i8>(masks >>> 16));
  const m3 = i8x16.splat(<i8>(masks >>> 24));
  for (let p = from; p + count <= to; p += 16) {
    const x = v128.and(i8x16.eq(v128.or(v128.load(p), m0), b0), i8x16.eq(v128.or(v128.load(p, 1), m1), b1));
    const y = v128.and(i8x16.eq(v128.or(v128.load(p, 2), m2), b2), i8x16.eq(v128.or(v128.load(p, 3), m3), b3));
    let mask = i8x16.bitmask(v128.and(x, y));
    if (mask == 0) continue;
    const places = to - count + 1 - p;
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
  const to = breakWithin(from, reach);
  if (to == reach && reach < end) return true;
  const count = min(WINDOW, all - beyond);
  return stands(needle, beyond, count, from, to) || note(needle, scan, beyond, from, to);
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
    from = lineStartWithin(to, known);
    // No break since then: the same line, of which the beginning was searched.
    if (from == known) from = max(floor, known - (count - 1));
  } else {
    const reach = max(floor, to - REACH);
    from = lineStartWithin(to, reach);
    if (from == reach && reach > floor) return true;
  }
  return stands(needle, left - count, count, from, to) || note(needle, scan, beyond, from, to);
}

/** Notes that a search found nothing; says no. */
function note(needle: u32, scan: u32, beyond: u32, from: u32, to: u32): bool {
  store<u32>(needle, scan, SEARCH_SCAN);
  store<u32>(needle, beyond, SEARCH_BEYOND);
  store<u32>(needle, from, SEARCH_FROM);
  store<u32>(needle, to, SEARCH_TO);
  return false;
}
