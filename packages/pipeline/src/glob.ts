/**
 * Whether texts match a pattern in which `*` is any text and `?` any one character, regardless of the case of letters.
 *
 * A run takes time in proportion to the text's length for a given pattern: parts between stars are found from the left
 * once, never tried again.
 */
export function glob(pattern: string): (text: string) => boolean {
  const [first = [], ...others] = fold(pattern)
    .join('')
    .split('*')
    .map((part) => [...part]);
  const last = others.pop();
  const middle = others.filter((part) => part.length > 0);
  return (text) => {
    const characters = fold(text);
    if (!isAt(characters, 0, first)) return false;
    if (last === undefined) return characters.length === first.length;
    const end = characters.length - last.length;
    let position: number | undefined = first.length;
    for (const part of middle) {
      position = find(characters, position, end, part);
      if (position === undefined) return false;
    }
    return position <= end && isAt(characters, end, last);
  };
}

const fold = (text: string): readonly string[] => [...text.toLowerCase()];

const isAt = (text: readonly string[], position: number, part: readonly string[]): boolean =>
  position + part.length <= text.length &&
  part.every((character, at) => character === '?' || character === text[position + at]);

/** Where the first occurrence of a part ends, at most at `end`. */
function find(text: readonly string[], from: number, end: number, part: readonly string[]): number | undefined {
  for (let position = from; position + part.length <= end; position += 1) {
    if (isAt(text, position, part)) return position + part.length;
  }
  return undefined;
}
