import { ALWAYS_BITS, ALWAYS_COUNT, BIT_WORDS, LINE_BITS } from './descriptor';

// The patterns on the present line's list, as a set of bits: no pattern twice, ascending, and cheap however many they are.

let bits: u32 = 0;
let always: u32 = 0;
let words: u32 = 0;
let alwaysCount: u32 = 0;
let count: u32 = 0;
let newest: u32 = 0;
/** Words that may hold a bit: [low, high]. */
let low: u32 = 0;
let high: u32 = 0;

/** Begins with an empty list. */
export function beginIds(descriptor: u32): void {
  bits = load<u32>(descriptor, LINE_BITS);
  always = load<u32>(descriptor, ALWAYS_BITS);
  words = load<u32>(descriptor, BIT_WORDS);
  alwaysCount = load<u32>(descriptor, ALWAYS_COUNT);
  memory.fill(bits, 0, words << 2);
  forget();
}

function forget(): void {
  count = 0;
  low = words;
  high = 0;
}

/** Puts the ids at [from, to) on the list. */
export function addIds(from: u32, to: u32): void {
  for (let p = from; p < to; p += 4) {
    const id = load<u32>(p);
    const index = id >> 5;
    const word = bits + (index << 2);
    const old = load<u32>(word);
    const bit = <u32>1 << (id & 31);
    if ((old & bit) != 0) continue;
    store<u32>(word, old | bit);
    count += 1;
    newest = id;
    low = min(low, index);
    high = max(high, index);
  }
}

/** How many ids the list has. */
// @ts-ignore: decorator
@inline
export function idCount(): u32 {
  return count + alwaysCount;
}

/** Writes the list to `out`, empties it, and returns the end of what was written. */
export function writeIds(out: u32): u32 {
  if (count == 1 && alwaysCount == 0) {
    store<u32>(out, newest);
    store<u32>(bits + ((newest >> 5) << 2), 0);
    forget();
    return out + 4;
  }
  const from = alwaysCount == 0 ? low : 0;
  const to = alwaysCount == 0 ? high + 1 : words;
  for (let index = from; index < to; index++) {
    const word = index << 2;
    let set = load<u32>(bits + word) | load<u32>(always + word);
    store<u32>(bits + word, 0);
    for (; set != 0; set &= set - 1) {
      store<u32>(out, (index << 5) + ctz(set));
      out += 4;
    }
  }
  forget();
  return out;
}
