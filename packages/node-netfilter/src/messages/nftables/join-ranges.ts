import type { ElementPart } from './read-element-part.ts';

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const highest = (key: Uint8Array): Uint8Array => new Uint8Array(key.length).fill(0xff);

/** The key before the one that a range no longer has; its first key when it would have none. */
function lastBefore(end: Uint8Array, first: Uint8Array): Uint8Array {
  if (end.length !== first.length || compare(end, first) === 0) return first;
  const last = end.slice();
  for (let i = last.length - 1; i >= 0; i--) {
    last[i] = (last[i] as number) - 1;
    if (end[i] !== 0) break;
  }
  return last;
}

/**
 * Puts the two ends of each range together, in ascending order. A range whose end is not there goes up to the highest
 * key; an end without a range, such as nft puts in front of all, is none.
 */
export function joinRanges(ends: readonly ElementPart[]): ElementPart[] {
  // Where one range ends and the next one begins, the end comes first.
  const sorted = [...ends].sort((a, b) => compare(a.key, b.key) || Number(b.isEnd) - Number(a.isEnd));
  const ranges: ElementPart[] = [];
  for (const [i, part] of sorted.entries()) {
    if (part.isEnd) continue;
    const next = sorted[i + 1];
    ranges.push({ ...part, lastKey: next === undefined ? highest(part.key) : lastBefore(next.key, part.key) });
  }
  return ranges;
}
