import type { QueueHost } from '../queue-entry.ts';
import { type ByteLines, isDigit } from './byte-lines.ts';

const dot = 46;
const colon = 58;
const bracket = 91;
const endBracket = 93;

/** `IPV4.PORT` and `IPV6.PORT`, which Exim's manual tells of and older releases wrote. */
const withDot = /^((?:\d{1,3}\.){3}\d{1,3}|[\dA-Fa-f:]*:[\dA-Fa-f:.]*?)\.(\d{1,5})$/;

/** Where a message came from, in the making. */
export type HostDraft = { -readonly [Key in keyof QueueHost]: QueueHost[Key] };

/** Address and port by the value of `-host_address`: `[ADDRESS]:PORT`, which Exim writes, or another form. */
export function hostOf(lines: ByteLines, start: number, end: number): HostDraft {
  const { bytes } = lines;
  let at = end - 1;
  while (at > start && isDigit(bytes[at] as number)) at -= 1;
  const isBracketed = bytes[start] === bracket && bytes[at] === colon && bytes[at - 1] === endBracket;
  if (isBracketed && at < end - 1) return { address: lines.text(start + 1, at - 1), port: lines.integer(at + 1, end) };
  if (bytes[start] === bracket && bytes[end - 1] === endBracket) return { address: lines.text(start + 1, end - 1) };
  const place = lines.text(start, end);
  const [, address, port] = (bytes[at] === dot && withDot.exec(place)) || [];
  return address === undefined ? { address: place } : { address, port: Number(port) };
}
