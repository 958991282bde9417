import { DESCRIPTOR_BYTES, KIND, SLOTS } from './automaton';
import { mayMatch, noteMatch, refuses } from './judge';
import {
  concludeSecond,
  FOUND,
  positionCapacity,
  positionsFor,
  search,
  searchTwo,
  TOO_LONG,
} from './search';
import { isAscii, toUnits } from './units';
import { UNSET } from './walk';

const CARRIAGE_RETURN: u8 = 13;

/** Why matchLines came back: the list is done; the records are full; a line is for the caller. */
export const DONE: u32 = 0;
export const RECORDS_FULL: u32 = 1;
export const FOR_CALLER: u32 = 2;

/** Words of a record before its slots: pattern, beginning and end of the line, whether its positions are bytes or units. */
const HEADER_WORDS: u32 = 4;

/** No index of a list. */
const NONE_ASKED: u32 = 0xffffffff;
/** See {@link setCrowd}, which is called before any line is tried. */
let crowd: u32 = u32.MAX_VALUE;

let automata: u32 = 0;
let units: u32 = 0;
let records: u32 = 0;
let recordsEnd: u32 = 0;
let isFirstOnly: bool = false;

/** Why matchLines came back. */
export let stopped: u32 = 0;
/** Where the next record goes. */
export let recordTop: u32 = 0;

/** Lines on which patterns were tried, in all. */
export let linesTried: u32 = 0;

/**
 * @param automataAt descriptors, by pattern
 * @param unitsAt room for the units of a line of as many bytes as there are positions
 * @param firstOnly whether one match a line is enough
 */
export function setLines(automataAt: u32, unitsAt: u32, recordsAt: u32, recordsTo: u32, firstOnly: bool): void {
  automata = automataAt;
  units = unitsAt;
  records = recordsAt;
  recordsEnd = recordsTo;
  isFirstOnly = firstOnly;
}

/** @param least patterns on a line from which on many are asked together first */
export function setCrowd(least: u32): void {
  crowd = least;
}

export function clearRecords(): void {
  recordTop = records;
}

function descriptor(pattern: u32): u32 {
  return automata + pattern * DESCRIPTOR_BYTES;
}

/** The line of a list that is looked at. */
let start: u32 = 0;
let end: u32 = 0;
let count: u32 = 0;
let ids: u32 = 0;
/** Bytes of records that it needs at most. */
let lineNeed: u32 = 0;
/** Its units. */
let from: u32 = 0;
let upTo: u32 = 0;
let isUnits: u32 = 0;

/**
 * Looks at a line of a list.
 *
 * @param reserved bytes of records that are needed besides
 * @returns false, and why in {@link stopped}, when it cannot be searched now and here
 */
function look(at: u32, inputEnd: u32, reserved: u32): bool {
  start = load<u32>(at);
  end = load<u32>(at, 4);
  count = load<u32>(at, 8);
  ids = at + 12;
  if (end > start && end < inputEnd && load<u8>(end - 1) == CARRIAGE_RETURN) end -= 1;
  stopped = FOR_CALLER;
  let need: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const automaton = descriptor(load<u32>(ids + (i << 2)));
    if (load<u32>(automaton, KIND) == 0) return false;
    const words = HEADER_WORDS + load<u32>(automaton, SLOTS);
    need = isFirstOnly ? max(need, words) : need + words;
  }
  if (positionsFor(end - start) > positionCapacity) return false;
  if (recordTop + reserved + (need << 2) > recordsEnd) {
    if (recordTop != records) stopped = RECORDS_FULL;
    return false;
  }
  lineNeed = need << 2;
  from = start;
  upTo = end;
  isUnits = 0;
  if (!isAscii(start, end)) {
    const length = toUnits(start, end, units);
    if (length == UNSET) return false;
    from = units;
    upTo = units + length;
    isUnits = 1;
  }
  return true;
}

/** Finishes the record whose slots were written. */
function record(pattern: u32): void {
  store<u32>(recordTop, pattern);
  store<u32>(recordTop, start, 4);
  store<u32>(recordTop, end, 8);
  store<u32>(recordTop, isUnits, 12);
  const automaton = descriptor(pattern);
  noteMatch(automaton);
  recordTop += (HEADER_WORDS + load<u32>(automaton, SLOTS)) << 2;
}

/**
 * Tries the patterns of the line from the `first` of its list on.
 *
 * @param asked index of a pattern that is known not to be refused
 * @returns false when the line is too long for the cache
 */
function tryFrom(first: u32, asked: u32 = NONE_ASKED): bool {
  const isCrowded = count >= crowd;
  for (let i = first; i < count; i++) {
    const pattern = load<u32>(ids + (i << 2));
    const automaton = descriptor(pattern);
    const isRefused = isCrowded
      ? !mayMatch(pattern, automaton, linesTried, from, upTo)
      : i != asked && refuses(pattern, automaton, from, upTo);
    if (isRefused) continue;
    const answer = search(automaton, from, upTo, upTo, upTo, recordTop + (HEADER_WORDS << 2), false);
    if (answer == TOO_LONG) return false;
    if (answer != FOUND) continue;
    record(pattern);
    if (isFirstOnly) break;
  }
  return true;
}

/** Tries all patterns of the line, or those from `first` on. */
function tryLine(first: u32 = 0, asked: u32 = NONE_ASKED): bool {
  const firstRecord = recordTop;
  linesTried += 1;
  if (tryFrom(first, asked)) return true;
  recordTop = firstRecord;
  stopped = FOR_CALLER;
  return false;
}

/** Goes on with the line of which the first pattern was tried; false when it is too long for the cache. */
function goOn(answer: u32): bool {
  if (answer == FOUND) {
    record(load<u32>(ids));
    if (isFirstOnly) return true;
  }
  return tryFrom(1);
}

/** Whether the first pattern of the line is refused by what the line begins with. */
function firstIsRefused(): bool {
  const pattern = load<u32>(ids);
  return refuses(pattern, descriptor(pattern), from, upTo);
}

/**
 * Tries patterns on two lines, the first patterns of both side by side.
 *
 * @returns how many of the lines are done
 */
function tryTwo(next: u32, inputEnd: u32): u32 {
  const startA = start;
  const endA = end;
  const countA = count;
  const idsA = ids;
  if (!look(next, inputEnd, lineNeed) || isUnits != 0 || count >= crowd || count == 0) {
    choose(startA, endA, countA, idsA);
    return tryLine(0, 0) ? 1 : 0;
  }
  const startB = start;
  const endB = end;
  const countB = count;
  const idsB = ids;
  const isRefused = firstIsRefused();
  choose(startA, endA, countA, idsA);
  if (isRefused) {
    if (!tryLine(0, 0)) return 0;
    choose(startB, endB, countB, idsB);
    return tryLine(1) ? 2 : 1;
  }
  const a = descriptor(load<u32>(idsA));
  const b = descriptor(load<u32>(idsB));
  const slots = recordTop + (HEADER_WORDS << 2);
  const answer = searchTwo(a, startA, endA, b, startB, endB, slots);
  if (answer == TOO_LONG) return tryLine(0, 0) ? 1 : 0;
  const firstRecord = recordTop;
  linesTried += 1;
  if (!goOn(answer)) {
    recordTop = firstRecord;
    stopped = FOR_CALLER;
    return 0;
  }
  choose(startB, endB, countB, idsB);
  const second = concludeSecond(recordTop + (HEADER_WORDS << 2));
  if (second == TOO_LONG) return 1;
  const secondRecord = recordTop;
  linesTried += 1;
  if (goOn(second)) return 2;
  recordTop = secondRecord;
  return 1;
}

/** Goes back to a line of ASCII that was looked at. */
function choose(lineStart: u32, lineEnd: u32, lineCount: u32, lineIds: u32): void {
  start = from = lineStart;
  end = upTo = lineEnd;
  count = lineCount;
  ids = lineIds;
  isUnits = 0;
}

/**
 * Tries patterns on lines, and writes a record for each match.
 *
 * @param at lines to try, as nextLines wrote them
 * @param to end of that list
 * @param inputEnd end of what is scanned
 * @returns the line at which it stopped, see {@link stopped}
 */
export function matchLines(at: u32, to: u32, inputEnd: u32): u32 {
  while (at < to) {
    if (!look(at, inputEnd, 0)) return at;
    const next = ids + (count << 2);
    if (next == to || isUnits != 0 || count >= crowd || count == 0) {
      if (!tryLine()) return at;
      at = next;
      continue;
    }
    if (firstIsRefused()) {
      if (!tryLine(1)) return at;
      at = next;
      continue;
    }
    const done = tryTwo(next, inputEnd);
    if (done == 0) return at;
    at = next;
    if (done == 2) at += 12 + (load<u32>(at, 8) << 2);
  }
  stopped = DONE;
  return at;
}
