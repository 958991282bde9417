import { FOUND_ON, LENGTH, NEEDLES, NEEDLES_END, PARTS, SEARCH_SCAN } from './descriptor';

/** Whether the needle stands at `p`; up to 7 bytes behind its end are read. */
// @ts-ignore: decorator
@inline
export function standsAt(needle: u32, p: u32): bool {
  let part = needle + PARTS;
  for (const stop = p + load<u32>(needle, LENGTH); p < stop; p += 8) {
    if ((load<u64>(p) | load<u64>(part, 8)) != load<u64>(part)) return false;
    part += 16;
  }
  return true;
}

/** Marks all needles of a plan as found on no line and searched for in no scan. */
export function forgetFound(descriptor: u32): void {
  const end = load<u32>(descriptor, NEEDLES_END);
  let needle = load<u32>(descriptor, NEEDLES);
  while (needle < end) {
    store<u32>(needle, 0, FOUND_ON);
    store<u32>(needle, 0, SEARCH_SCAN);
    needle += PARTS + ((load<u32>(needle, LENGTH) + 7) >> 3 << 4);
  }
}
