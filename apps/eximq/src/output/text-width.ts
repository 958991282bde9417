const ascii = /^[\x20-\x7e]*$/;
const zeroWide = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** East Asian wide and full-width characters, and emoji; by their blocks. */
const twoWide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** Cells that a character takes on a terminal. */
const cellsOf = (character: string): number => (zeroWide.test(character) ? 0 : twoWide.test(character) ? 2 : 1);

/** Whether a text has nothing but printable ASCII: it takes a cell for each character, and can do no harm. */
export const isAscii = (text: string): boolean => ascii.test(text);

/** Cells that a printable text takes on a terminal. */
export function textWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** The text in at most so many cells; where it is cut, its last cell is `…`. */
export function cutText(text: string, width: number): string {
  // A text of others may be long; what cannot be shown need not be measured.
  if (text.length <= width * 4 && textWidth(text) <= width) return text;
  let kept = '';
  let cells = 0;
  for (const character of text) {
    cells += cellsOf(character);
    if (cells > width - 1 || kept.length > width * 4) break;
    kept += character;
  }
  return width <= 0 ? '' : `${kept}…`;
}
