import { type Cells, eitherCase } from '../../literals/literal.ts';
import type { LiteralOffers } from '../../literals/required.ts';
import type { ListedLine } from './prefilter-scanner.ts';

const newline = 10;

/** Whether ASCII cells stand at a place. */
const standsAt = (bytes: Uint8Array, at: number, cells: Cells): boolean =>
  cells.every((cell, i) => {
    const byte = bytes[at + i] ?? -1;
    return cell >= eitherCase ? (byte | 0x20) === cell - eitherCase : byte === cell;
  });

/** Whether ASCII cells stand anywhere in some bytes. */
export function holds(bytes: Uint8Array, cells: Cells): boolean {
  for (let at = 0; at + cells.length <= bytes.length; at++) if (standsAt(bytes, at, cells)) return true;
  return false;
}

/** The lines that hold a literal of a pattern's first offer, or whose pattern has no offer: by looking everywhere. */
export function naiveLines(patterns: readonly LiteralOffers[], bytes: Uint8Array): readonly ListedLine[] {
  const lines: ListedLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    const ids = [...patterns.keys()].filter((id) => patterns[id]?.[0]?.some((cells) => holds(line, cells)) ?? true);
    if (ids.length > 0) lines.push({ start, end, patterns: ids });
    start = end + 1;
  }
  return lines;
}
