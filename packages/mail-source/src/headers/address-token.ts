/** A piece of an address header (RFC 5322, 3.4 and 4.4). */
export interface AddressToken {
  /**
   * `text` is a run of atoms and dots, with a quoted local part; `quoted` the content of other quotes, `angle` that of
   * `<…>`; `mark` one of `,;:`.
   */
  readonly kind: 'text' | 'quoted' | 'comment' | 'angle' | 'mark';
  readonly value: string;
}

const specials = '"(<,;:';
const blank = /[ \t\r\n]/;

/** Content up to an unescaped quote, without escapes; an end that is missing is that of the text. */
function quotedFrom(text: string, from: number): [value: string, end: number] {
  const plainEnd = text.indexOf('"', from);
  if (plainEnd !== -1 && !text.slice(from, plainEnd).includes('\\')) return [text.slice(from, plainEnd), plainEnd + 1];
  let value = '';
  let at = from;
  for (; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] === '\\' && at + 1 < text.length) at += 1;
    value += text[at];
  }
  return [value, at + 1];
}

/** A comment, which may hold others. */
function commentFrom(text: string, from: number): [value: string, end: number] {
  let value = '';
  let depth = 1;
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth === 0) break;
    if (char === '\\' && at + 1 < text.length) at += 1;
    value += text[at];
  }
  return [value, at + 1];
}

/** `<…>`: quotes in it may hold a `>`. Without an end it goes on to the next comma or the end of the text. */
function angleFrom(text: string, from: number): [value: string, end: number] {
  let at = from;
  let comma = -1;
  for (let inQuotes = false; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\' && inQuotes) at += 1;
    else if (char === '"') inQuotes = !inQuotes;
    else if (char === '>' && !inQuotes) return [text.slice(from, at), at + 1];
    else if (char === ',' && comma === -1) comma = at;
    else if (char === '<' && !inQuotes) break;
  }
  const end = comma === -1 ? at : comma;
  return [text.slice(from, end), end];
}

function textFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && !specials.includes(text[at] as string) && !blank.test(text[at] as string)) at += 1;
  return at;
}

/**
 * Takes an address header apart, before anything in it is decoded: an encoded word that holds a comma or a bracket is
 * a name all the same. Takes linear time.
 *
 * @param text the value, unfolded
 */
export function* addressTokens(text: string): Generator<AddressToken> {
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    let value = char;
    let kind: AddressToken['kind'] = 'mark';
    if (blank.test(char)) {
      at += 1;
      continue;
    }
    if (char === '"') {
      const start = at;
      kind = 'quoted';
      [value, at] = quotedFrom(text, at + 1);
      // A local part may be quoted.
      if (text[at] === '@') {
        kind = 'text';
        at = textFrom(text, at);
        value = text.slice(start, at);
      }
    } else if (char === '(') {
      kind = 'comment';
      [value, at] = commentFrom(text, at + 1);
    } else if (char === '<') {
      kind = 'angle';
      [value, at] = angleFrom(text, at + 1);
    } else if (specials.includes(char)) {
      at += 1;
    } else {
      kind = 'text';
      const end = textFrom(text, at);
      value = text.slice(at, end);
      at = end;
    }
    yield { kind, value };
  }
}
