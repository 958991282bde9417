const separator = ' . ';

/**
 * Cuts the text of a concatenation into its parts.
 *
 * @returns ends of the parts; fewer or more than asked for when the text has fewer or more parts
 */
export function splitKey(text: string, parts: number): readonly [from: number, to: number][] {
  const bounds: [number, number][] = [];
  let from = 0;
  while (bounds.length <= parts) {
    const at = text.indexOf(separator, from);
    bounds.push([from, at < 0 ? text.length : at]);
    if (at < 0) break;
    from = at + separator.length;
  }
  return bounds;
}
