const lineBreak = 0x0a;

/** What of a stretch of bytes can be handed out. All numbers are indices into it. */
export interface LineSpan {
  /** Where the lines begin. What lies before belongs to a line that was cut earlier. */
  readonly start: number;
  /** Where the lines end; equal to {@link start} when there is no whole line yet. */
  readonly end: number;
  /** How the last one ends. */
  readonly ending: 'break' | 'cut';
  /** Whether the byte at {@link end} belongs to a line that was cut. */
  readonly inCut: boolean;
}

/**
 * Finds the whole lines at the beginning of `bytes[from, to)`, up to and with the first one that is too long.
 *
 * A line is cut as soon as more than `maxLineBytes` bytes of it are known, wherever its break is or comes: the same
 * bytes are cut however they are read. Costs a look at the last few bytes of each stretch of `maxLineBytes`, not at
 * every byte.
 *
 * @param inCut whether `bytes[from]` belongs to a line that was cut
 */
export function lineSpan(bytes: Buffer, from: number, to: number, inCut: boolean, maxLineBytes: number): LineSpan {
  let start = from;
  if (inCut) {
    const rest = bytes.subarray(from, to).indexOf(lineBreak);
    if (rest === -1) return { start: to, end: to, ending: 'break', inCut: true };
    start = from + rest + 1;
  }
  let end = start;
  while (end < to) {
    const limit = Math.min(to, end + maxLineBytes + 1);
    // Without a bound below, the search ends at the break before this line at the latest.
    const last = bytes.lastIndexOf(lineBreak, limit - 1);
    if (last >= end) end = last + 1;
    else if (to - end > maxLineBytes) return { start, end: end + maxLineBytes, ending: 'cut', inCut: true };
    else break;
  }
  return { start, end, ending: 'break', inCut: false };
}
