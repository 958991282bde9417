import type { PackedInput } from './packed-input.ts';

const fixedBytes = 10;
const deflate = 8;
/** Flags of RFC 1952, section 2.3.1. */
const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** Longest name or comment that is believed. */
const maxTextBytes = 65_536;

/**
 * What comes next in the input: a gzip member's header (RFC 1952), which is passed over; the file's end; something else;
 * or a header that the file's end cuts off. Zeros before the end are padding, as tapes leave it.
 */
export function passGzipHeader(input: PackedInput): 'member' | 'end' | 'other' | 'cut off' {
  const first = input.take(1);
  if (first === undefined) return 'end';
  if (first[0] === 0) return isPadding(input) ? 'end' : 'other';
  const rest = input.take(fixedBytes - 1);
  if (first[0] !== 0x1f) return 'other';
  if (rest === undefined) return 'cut off';
  const flags = rest[2] as number;
  if (rest[0] !== 0x8b || rest[1] !== deflate || (flags & flag.reserved) !== 0) return 'other';
  const isWhole =
    ((flags & flag.extra) === 0 || passExtra(input)) &&
    ((flags & flag.name) === 0 || passText(input)) &&
    ((flags & flag.comment) === 0 || passText(input)) &&
    ((flags & flag.headerCrc) === 0 || input.take(2) !== undefined);
  return isWhole ? 'member' : 'cut off';
}

function isPadding(input: PackedInput): boolean {
  for (let block = input.next(); block !== undefined; block = input.next())
    if (block.some((byte) => byte !== 0)) return false;
  return true;
}

function passExtra(input: PackedInput): boolean {
  const length = input.take(2)?.readUInt16LE();
  return length !== undefined && input.take(length) !== undefined;
}

function passText(input: PackedInput): boolean {
  for (let count = 0; count < maxTextBytes; count += 1) {
    const byte = input.take(1);
    if (byte === undefined) return false;
    if (byte[0] === 0) return true;
  }
  return false;
}
