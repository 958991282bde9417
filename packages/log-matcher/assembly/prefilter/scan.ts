import {
  ALWAYS_COUNT,
  BYTES,
  CANDIDATE,
  CANDIDATES,
  CANDIDATES_END,
  CONFIRMED,
  ENTRY_NEEDLE,
  ENTRY_OFFSET,
  FIRST_GROUP,
  FOUND_ON,
  GROUP_BYTES,
  GROUPS,
  IDS,
  IDS_END,
  LENGTH,
  LIKELY,
  LIKELY_END,
  LINES,
  LIST,
  STAMP,
  STEPS,
} from './descriptor';
import { findLikely } from './find-likely';
import { findBreak, findLineStart } from './line-bounds';
import { addIds, beginIds, idCount, writeIds } from './line-ids';
import { forgetFound, standsAt } from './needles';
import { mayHaveRest } from './rest';
import { runKernel } from './run-kernel';
import { forgetLine } from './seen-line';

/** Bytes whose candidates are listed at once: few enough to stay in the first cache; a multiple of 64. */
const BLOCK: u32 = 32768;
const NONE: u32 = 0xffffffff;

let plan: u32 = 0;
/** The range. */
let start: u32 = 0;
let end: u32 = 0;
/** First byte whose block was not looked at yet. */
let at: u32 = 0;
/** The line to be listed next, if there is one. */
let open: bool = false;
let lineStart: u32 = 0;
let lineEnd: u32 = 0;
/** No later line begins before this. */
let floor: u32 = 0;
/** Number of the scan, never 0. */
let scan: u32 = 0;

/**
 * Prepares a scan of the whole lines in [from, to). At least 16 readable bytes lie before `from` and 256 behind `to`; what
 * they hold does not matter. `to` lies behind a '\n', or is the end of an input without one.
 */
export function beginLines(descriptor: u32, from: u32, to: u32): void {
  plan = descriptor;
  start = from;
  end = to;
  at = from & ~15;
  for (let index: u32 = 0; index < load<u32>(plan, GROUPS); index++) {
    const group = groupAt(index);
    store<u32>(group, 0, CANDIDATES_END);
    store<u32>(group, 0, LIKELY_END);
  }
  floor = from;
  beginIds(descriptor);
  count(BYTES, to - from);
  nextStamp();
  scan = load<u32>(plan, STAMP);
  forgetLine();
  open = false;
  if (everyLine()) openLine(from);
}

/**
 * Writes the next lines that some pattern may match: address of the line, address of its '\n' or the range's end, number
 * of patterns, then their ids, ascending. Goes on where the last call ended.
 *
 * @param capacityWords at least 3 plus the number of patterns
 * @returns words written; 0 when there are no more lines
 */
export function nextLines(out: u32, capacityWords: u32): u32 {
  const limit = out + (capacityWords << 2);
  let to = out;
  while (true) {
    const group = earliest();
    // All candidates before this are resolved.
    const done = group == 0 ? at : load<u32>(load<u32>(group, LIKELY));
    while (open && lineEnd <= done) {
      if (to + ((3 + idCount()) << 2) > limit) {
        if (to == out) unreachable();
        return (to - out) >> 2;
      }
      to = writeLine(to);
    }
    if (group != 0) resolve(group);
    else if (at < end) nextBlock();
    else return (to - out) >> 2;
  }
}

// @ts-ignore: decorator
@inline
function groupAt(index: u32): u32 {
  return plan + FIRST_GROUP + index * GROUP_BYTES;
}

/** The group that has the earliest candidate; 0 when no group has one left. */
function earliest(): u32 {
  let first: u32 = 0;
  let least = NONE;
  for (let index: u32 = 0; index < load<u32>(plan, GROUPS); index++) {
    const group = groupAt(index);
    while (load<u32>(group, LIKELY) >= load<u32>(group, LIKELY_END)) {
      if (load<u32>(group, CANDIDATE) >= load<u32>(group, CANDIDATES_END)) break;
      count(STEPS, findLikely(group));
    }
    if (load<u32>(group, LIKELY) >= load<u32>(group, LIKELY_END)) continue;
    const p = load<u32>(load<u32>(group, LIKELY));
    if (p >= least) continue;
    least = p;
    first = group;
  }
  return first;
}

/** Lists the candidates of the next block. */
function nextBlock(): void {
  // What is behind the end is looked at too, up to a multiple of 64: it is readable, and no needle is found there.
  const to = at + min(BLOCK, (end - at + 63) & ~63);
  for (let index: u32 = 0; index < load<u32>(plan, GROUPS); index++) {
    const group = groupAt(index);
    const list = load<u32>(group, LIST);
    const listEnd = runKernel(group, at, to);
    store<u32>(group, list, CANDIDATE);
    store<u32>(group, listEnd, CANDIDATES_END);
    count(CANDIDATES, (listEnd - list) >> 2);
  }
  at = to;
}

/** Puts the patterns of a group's next needle, if all of it stands there, on the list of their line. */
function resolve(group: u32): void {
  const likely = load<u32>(group, LIKELY);
  store<u32>(group, likely + 8, LIKELY);
  const entry = load<u32>(likely, 4);
  const needle = load<u32>(entry, ENTRY_NEEDLE);
  const stamp = load<u32>(plan, STAMP);
  if (load<u32>(needle, FOUND_ON) == stamp) return;
  const begin = load<u32>(likely) - load<u32>(entry, ENTRY_OFFSET);
  if (begin < start || begin + load<u32>(needle, LENGTH) > end || !standsAt(needle, begin)) return;
  if (mayHaveRest(needle, begin, open ? lineStart : floor, end, scan)) found(needle, begin, stamp);
}

/** A needle holds no '\n': the whole of it is on one line, and that is the open one or a later one. */
function found(needle: u32, begin: u32, stamp: u32): void {
  count(CONFIRMED, 1);
  if (!open) {
    lineStart = findLineStart(begin, floor);
    lineEnd = findBreak(begin + load<u32>(needle, LENGTH), end);
    open = true;
  }
  store<u32>(needle, stamp, FOUND_ON);
  addIds(load<u32>(needle, IDS), load<u32>(needle, IDS_END));
}

/** Writes the open line; returns the end of what was written. */
function writeLine(out: u32): u32 {
  store<u32>(out, lineStart);
  store<u32>(out, lineEnd, 4);
  store<u32>(out, idCount(), 8);
  const to = writeIds(out + 12);
  count(LINES, 1);
  nextStamp();
  floor = lineEnd + 1;
  open = false;
  if (everyLine()) openLine(floor);
  return to;
}

function openLine(from: u32): void {
  if (from >= end) return;
  lineStart = from;
  lineEnd = findBreak(from, end);
  open = true;
}

// @ts-ignore: decorator
@inline
function everyLine(): bool {
  return load<u32>(plan, ALWAYS_COUNT) != 0;
}

function nextStamp(): void {
  let stamp = load<u32>(plan, STAMP) + 1;
  if (stamp == 0) {
    forgetFound(plan);
    stamp = 1;
  }
  store<u32>(plan, stamp, STAMP);
}

// @ts-ignore: decorator
@inline
function count(counter: u32, by: u32): void {
  const address = plan + counter;
  store<u32>(address, load<u32>(address) + by);
}
