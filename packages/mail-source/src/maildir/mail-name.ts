/** The part of a mail's file name that stays when its flags change: what comes before the colon. */
export function uniqueOf(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(0, colon);
}

const mark = ':2,';
/** Nearly all: those that programs write, in the order that they have to. */
const usual = /^D?F?P?R?S?T?$/;
const letters = /^[A-Za-z]*$/;

/** The flags at the end of a mail's file name, sorted, each once: `FRS`. */
export function flagsOf(name: string): string {
  const at = name.indexOf(mark);
  const flags = at === -1 ? '' : name.slice(at + mark.length);
  if (usual.test(flags)) return flags;
  return letters.test(flags) ? [...new Set(flags)].sort().join('') : '';
}
