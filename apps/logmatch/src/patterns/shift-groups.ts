/**
 * What must be looked at one by one in a pattern: a set, a reference to a group by number (`\1`, `(?(1)`), any other
 * escape. A number of three octal digits is a character for Python.
 */
const piece = /\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\\[0-3][0-7]{2}|\\([1-9]\d?)|\\[\s\S]|\(\?\((\d+)\)/g;

/** A pattern whose references to groups by number count one group more before them. */
export const shiftGroups = (pattern: string): string =>
  pattern.replaceAll(piece, (whole, reference?: string, condition?: string) => {
    if (reference !== undefined) return `\\${Number(reference) + 1}`;
    return condition === undefined ? whole : `(?(${Number(condition) + 1})`;
  });
