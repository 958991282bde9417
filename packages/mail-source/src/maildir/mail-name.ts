/** The part of a mail's file name that stays when its flags change: what comes before the colon. */
export function uniqueOf(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(0, colon);
}

const info = /:2,([A-Za-z]*)$/;

/** The flags at the end of a mail's file name, sorted, each once: `FRS`. */
export function flagsOf(name: string): string {
  const [, letters = ''] = info.exec(name) ?? [];
  return letters.length < 2 ? letters : [...new Set(letters)].sort().join('');
}
