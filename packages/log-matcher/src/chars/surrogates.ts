/** Whether a position lies between the halves of a surrogate pair, where Python has no position. */
export function isInsidePair(text: string, position: number): boolean {
  const low = text.charCodeAt(position);
  if (!(low >= 0xdc00 && low <= 0xdfff) || position === 0) return false;
  const high = text.charCodeAt(position - 1);
  return high >= 0xd800 && high <= 0xdbff;
}

/** Position of the character before `position`: one or two units back. */
export const previousPosition = (text: string, position: number): number =>
  position - (isInsidePair(text, position - 1) ? 2 : 1);
