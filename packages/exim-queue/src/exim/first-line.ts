import { sizeOfText } from './size-of-text.ts';

/** What the first line of a message tells. */
export interface FirstLine {
  readonly id: string;
  readonly isFrozen: boolean;
  readonly sender: string;
  /** Only where the sender was set by a user who is not trusted. */
  readonly login: string | undefined;
  /** Rounded from 1 KiB on; 0 when there is no -D. */
  readonly sizeBytes: number;
}

const beginning =
  /^ ?-?\d+[mhd] ( {5}| {0,4}-?\d[\d.]*[KM]?) ([\dA-Za-z]{6}-(?:[\dA-Za-z]{6}-[\dA-Za-z]{2}|[\dA-Za-z]{11}-[\dA-Za-z]{4})) </;
const frozenMark = ' *** frozen ***';

/**
 * Reads ` 0m   351 ID <sender> (login) *** frozen ***`, from the right: the sender may hold anything, what follows it may
 * not. Undefined for any other line. Takes time in proportion to its length.
 */
export function firstLine(line: string): FirstLine | undefined {
  const [start, size, id] = beginning.exec(line) ?? [];
  if (start === undefined || size === undefined || id === undefined) return undefined;
  const rest = line.slice(start.length);
  const isFrozen = rest.endsWith(frozenMark);
  const address = isFrozen ? rest.slice(0, -frozenMark.length) : rest;
  const facts = { id, isFrozen, sizeBytes: sizeOfText(size) };
  if (address.endsWith('>')) return { ...facts, sender: address.slice(0, -1), login: undefined };
  const at = address.lastIndexOf('> (');
  if (at < 0 || !address.endsWith(')')) return undefined;
  return { ...facts, sender: address.slice(0, at), login: address.slice(at + 3, -1) };
}
