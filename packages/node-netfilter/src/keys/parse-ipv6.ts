import { parseIpv4 } from './parse-ipv4.ts';

const colon = 0x3a;
const dot = 0x2e;
const groupCount = 8;

/** Value of a hexadecimal digit, or -1. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Moves the groups behind `::` to the end and clears what it stands for. */
function spread(bytes: Uint8Array, at: number, groups: number, gap: number): boolean {
  if (gap < 0) return groups === groupCount;
  if (groups >= groupCount) return false;
  const tail = at + 16 - (groups - gap) * 2;
  bytes.copyWithin(tail, at + gap * 2, at + groups * 2);
  bytes.fill(0, at + gap * 2, tail);
  return true;
}

/**
 * Writes the sixteen bytes of an IPv6 address that stands in a part of a text, in any spelling of RFC 4291, section 2.2,
 * without a zone. An IPv4-mapped address stays what it is.
 *
 * @param to where the part ends
 * @param at where the bytes go
 * @returns whether the part is an address; what was written counts only then
 */
export function parseIpv6(text: string, from: number, to: number, bytes: Uint8Array, at: number): boolean {
  let groups = 0;
  /** Groups before `::`; -1 without one. */
  let gap = -1;
  let value = 0;
  let groupStart = from;
  let i = from;
  // What begins with a colon begins with two; the loop takes the second one for the end of an empty group.
  if (from < to && text.charCodeAt(from) === colon) {
    i++;
    groupStart++;
    if (i === to || text.charCodeAt(i) !== colon) return false;
  }
  for (; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === colon) {
      if (i === groupStart) {
        if (gap >= 0) return false;
        gap = groups;
      } else {
        if (groups === groupCount || i + 1 === to) return false;
        bytes[at + groups * 2] = value >> 8;
        bytes[at + groups * 2 + 1] = value;
        groups++;
      }
      value = 0;
      groupStart = i + 1;
    } else if (code === dot) {
      return (
        groups <= groupCount - 2 &&
        parseIpv4(text, groupStart, to, bytes, at + groups * 2) &&
        spread(bytes, at, groups + 2, gap)
      );
    } else {
      const digit = hexDigit(code);
      if (digit < 0 || i - groupStart === 4) return false;
      value = (value << 4) | digit;
    }
  }
  if (groupStart < to) {
    if (groups === groupCount) return false;
    bytes[at + groups * 2] = value >> 8;
    bytes[at + groups * 2 + 1] = value;
    groups++;
  }
  return spread(bytes, at, groups, gap);
}
