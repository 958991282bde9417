/** Splits at space, comma and line break, as fail2ban does with lists of addresses. */
export const splitWords = (text: string): readonly string[] =>
  text
    .split(/[ ,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
