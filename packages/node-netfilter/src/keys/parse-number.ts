const zero = 0x30;

/** The decimal number that a part of a text is, without sign or leading zeros; -1 when it is none, or above the limit. */
export function parseNumber(text: string, from: number, to: number, max: number): number {
  if (from >= to || (text.charCodeAt(from) === zero && to - from > 1)) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
    if (value > max) return -1;
  }
  return value;
}
