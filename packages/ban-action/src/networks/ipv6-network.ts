const colon = 58;
const zero = 48;

/** What {@link read} has read last. */
const words = new Uint16Array(8);
/** Where the text of a word ends, by its place in the text. */
const wordEnds = new Uint8Array(8);
let zerosLeftOut = 0;
/** Place of the first word that is left out; -1 where none is. */
let gap = -1;
/** Whether no word has a needless zero. */
let isPlain = true;

/** Value of a hexadecimal digit in lower case; -1 for anything else. */
const digitOf = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
};

/** Reads a text; false when it is no IPv6 address in lower case without dots. */
function read(text: string): boolean {
  const { length } = text;
  if (length < 2 || length > 39) return false;
  let count = 0;
  let at = 0;
  gap = -1;
  zerosLeftOut = 0;
  isPlain = true;
  if (text.charCodeAt(0) === colon) {
    if (text.charCodeAt(1) !== colon) return false;
    gap = 0;
    at = 2;
  }
  while (at < length) {
    if (count === 8) return false;
    let word = 0;
    const start = at;
    for (; at < length; at += 1) {
      const digit = digitOf(text.charCodeAt(at));
      if (digit < 0) break;
      word = (word << 4) | digit;
    }
    if (at === start || at - start > 4) return false;
    if (at - start > 1 && text.charCodeAt(start) === zero) isPlain = false;
    words[count] = word;
    wordEnds[count] = at;
    count += 1;
    if (at === length) break;
    if (text.charCodeAt(at) !== colon) return false;
    at += 1;
    // A colon is followed by a word, or by one more colon where words are left out.
    if (at === length) return false;
    if (text.charCodeAt(at) === colon) {
      if (gap >= 0) return false;
      gap = count;
      at += 1;
    }
  }
  if (gap < 0) return count === 8;
  if (count > 7) return false;
  zerosLeftOut = 8 - count;
  words.copyWithin(gap + zerosLeftOut, gap, count);
  words.fill(0, gap, gap + zerosLeftOut);
  return true;
}

/** First and length of the first longest run of two or more zeros, which RFC 5952 leaves out; `[-1, 1]` for none. */
function longestRun(): readonly [first: number, length: number] {
  let first = -1;
  let length = 1;
  for (let at = 0; at < 8; at += 1) {
    const start = at;
    while (at < 8 && words[at] === 0) at += 1;
    if (at - start <= length) continue;
    first = start;
    length = at - start;
  }
  return [first, length];
}

/** {@link words} as RFC 5952 writes them. */
function canonicalText(): string {
  const [first, length] = longestRun();
  let text = '';
  for (let at = 0; at < 8; at += 1) {
    if (at === first) {
      text += '::';
      at += length - 1;
      continue;
    }
    if (at > 0 && at !== first + length) text += ':';
    text += (words[at] as number).toString(16);
  }
  return text;
}

/** Whether the text that was read is as RFC 5952 writes it. */
function isCanonical(): boolean {
  if (!isPlain) return false;
  const [first, length] = longestRun();
  return first === gap && (gap < 0 || length === zerosLeftOut);
}

/**
 * The first `prefix` bits of an IPv6 address, as an address in canonical text; undefined for what is none, for an
 * IPv4-mapped address and for notations that `parseAddress` does not write.
 */
export function ipv6Network(text: string, prefix: number): string | undefined {
  if (!read(text)) return undefined;
  if (words[5] === 0xffff && words[4] === 0 && words[3] === 0 && words[2] === 0 && words[1] === 0 && words[0] === 0)
    return undefined;
  if (prefix === 128 && isCanonical()) return text;
  const whole = prefix >> 4;
  // A head of whole words that all stand in the text, the last of them no zero: the rest is the longest run.
  const isHead = isPlain && (prefix & 15) === 0 && prefix <= 64 && (gap < 0 || gap >= whole) && words[whole - 1] !== 0;
  if (isHead) return `${text.slice(0, wordEnds[whole - 1])}::`;
  if (whole < 8) {
    words[whole] = (words[whole] as number) & ~(0xffff >> (prefix & 15));
    words.fill(0, whole + 1);
  }
  return canonicalText();
}
