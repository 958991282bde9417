/** The part of a mail's file name that stays when its flags change: what comes before the colon. */
export function uniqueOf(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(0, colon);
}

const mark = ':2,';
const notLetters = /[^A-Za-z]/;

/** The flags at the end of a mail's file name, sorted, each once: `FRS`. */
export function flagsOf(name: string): string {
  const at = name.indexOf(mark);
  if (at === -1) return '';
  const letters = name.slice(at + mark.length);
  if (letters.length < 2 || notLetters.test(letters)) return notLetters.test(letters) ? '' : letters;
  return [...new Set(letters)].sort().join('');
}
