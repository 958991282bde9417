const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;
const colon = 58;
const del = 127;
/** `From ` of an mbox, `>From ` of one that was quoted: not a header, but found before the first. */
const fromLine = /^>?From /;

/** Where the headers of a mail are in its text. */
export interface HeaderScan {
  /** Three numbers for each header: where its name begins, where its colon is, where its last line ends. */
  readonly fields: readonly number[];
  /** False when the text ran out before the headers did, so that the last of them may lack its end. */
  readonly hasEnd: boolean;
}

/** Where a header's name (RFC 5322, 2.2) and the blanks after it (4.5) end: at a colon, if it is one. */
function nameEnd(text: string, start: number): number {
  let at = start;
  let code = text.charCodeAt(at);
  while (code > space && code < del && code !== colon) code = text.charCodeAt(++at);
  if (at > start) while (code === space || code === tab) code = text.charCodeAt(++at);
  return at;
}

/**
 * Finds the headers that a mail begins with, in one pass. Lines end with LF or CR LF; a bare CR is part of its line.
 *
 * They end at an empty line, or where a line is neither a header nor the continuation of one: what comes then is the
 * body, as for mutt and for Python's `email`. Taking later lines for headers would let a body pass for some.
 *
 * @param text the mail's bytes as Latin-1, which loses none of them
 */
export function scanHeaders(text: string): HeaderScan {
  const fields: number[] = [];
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at);
    if (first === lineFeed || (first === carriageReturn && text.charCodeAt(at + 1) === lineFeed))
      return { fields, hasEnd: true };
    const lineBreak = text.indexOf('\n', at);
    const lineEnd = lineBreak === -1 ? text.length : lineBreak;
    if (first === space || first === tab) {
      if (fields.length === 0) return { fields, hasEnd: true };
      fields[fields.length - 1] = lineEnd;
    } else {
      const colonAt = nameEnd(text, at);
      if (colonAt > at && text.charCodeAt(colonAt) === colon) fields.push(at, colonAt, lineEnd);
      else if (colonAt < text.length && (fields.length > 0 || !fromLine.test(text.slice(at, at + 6))))
        return { fields, hasEnd: true };
    }
    at = lineEnd + 1;
  }
  return { fields, hasEnd: false };
}
