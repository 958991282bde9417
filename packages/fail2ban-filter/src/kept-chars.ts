/** Longest line, and longest group of a match, that is kept for longer than its chunk, in UTF-16 units. */
export const keptChars = 2048;
