/**
 * Where a span may be cut out of a line, from the least to the most:
 *
 * - `none`: nothing is cut, or a line's beginning.
 * - `start`: near the line's beginning, behind at most two characters that are no word characters, and not directly before a
 *   word character.
 * - `words`: anywhere, but not directly before a word character.
 * - `any`: anywhere.
 *
 * Word characters are those of `\w`.
 */
export type CutPlaces = 'none' | 'start' | 'words' | 'any';

/** The places for all patterns of a set, or for each; false for a pattern that no line is looked for. */
export type PlannedCuts = CutPlaces | readonly (CutPlaces | false)[];

/** Bytes of two characters, at most. */
const maxLeadBytes = 8;

const isWord = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x61 && byte <= 0x7a);

/**
 * Where a cut may go through a literal, ascending: at k its first k bytes stand before what is cut out, the rest behind.
 * Bytes beyond ASCII are taken for whatever allows a cut.
 */
export function cutsThrough(bytes: Uint8Array, places: CutPlaces): readonly number[] {
  if (places === 'none') return [];
  const cuts: number[] = [];
  for (let k = 1; k < bytes.length; k++) {
    if (places === 'start' && (k > maxLeadBytes || isWord(bytes[k - 1] as number))) break;
    if (places === 'any' || !isWord(bytes[k] as number)) cuts.push(k);
  }
  return cuts;
}
