import { findBreak, findLineStart } from './line-bounds';

// Several needles may be looked for on one line: where it begins and ends is found once.

/** No break lies in [noneFrom, noneTo). */
let noneFrom: u32 = 0;
let noneTo: u32 = 0;

export function forgetLine(): void {
  noneFrom = noneTo = 0;
}

/** As findBreak. */
export function breakWithin(from: u32, end: u32): u32 {
  const isSeen = from >= noneFrom && from <= noneTo;
  const to = isSeen ? (noneTo < end ? findBreak(noneTo, end) : end) : findBreak(from, end);
  if (isSeen) noneTo = max(noneTo, to);
  else see(from, to);
  return to;
}

/** As findLineStart. */
export function lineStartWithin(to: u32, floor: u32): u32 {
  const isSeen = to >= noneFrom && to <= noneTo;
  const from = isSeen ? (noneFrom > floor ? findLineStart(noneFrom, floor) : floor) : findLineStart(to, floor);
  if (isSeen) noneFrom = min(noneFrom, from);
  else see(from, to);
  return from;
}

function see(from: u32, to: u32): void {
  noneFrom = from;
  noneTo = to;
}
