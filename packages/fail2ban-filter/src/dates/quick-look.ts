const lineBegin = String.raw`^(?:\W{0,2})?`;
const firstChar = /^[A-Za-z0-9]/;

/** A regex of Python's as one of V8's, without what it begins with; undefined when it does not begin so. */
function translated(regex: string): RegExp | undefined {
  const flags = regex.startsWith('(?i)') ? 'i' : '';
  const body = flags === '' ? regex : regex.slice('(?i)'.length);
  if (!body.startsWith(lineBegin)) return undefined;
  const source = body
    .slice(lineBegin.length)
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`)
    .replaceAll(String.raw`\s`, String.raw`[ \t-\r\x1c-\x1f]`);
  try {
    return new RegExp(source, `${flags}y`);
  } catch {
    return undefined;
  }
}

/** Tells at little cost that a line begins with a date, for one of the usual templates at the line's beginning. */
export class QuickLook {
  readonly #regex: RegExp | undefined;
  readonly #reach: number;

  /**
   * @param regex of a template that cuts out all that it matches, but for signs before it
   * @param reach most characters that a match depends on
   */
  constructor(regex: string, reach: number) {
    this.#regex = Number.isFinite(reach) ? translated(regex) : undefined;
    this.#reach = reach;
  }

  /** Where the date ends that the line begins with; -1 where that is not known. */
  endOf(line: string): number {
    const regex = this.#regex;
    if (regex === undefined || !firstChar.test(line)) return -1;
    regex.lastIndex = 0;
    if (!regex.test(line)) return -1;
    const end = regex.lastIndex;
    // Beyond ASCII the two languages differ in what is a letter or a digit.
    const seen = Math.min(this.#reach, line.length);
    for (let at = 0; at < seen; at += 1) if (line.charCodeAt(at) > 0x7f) return -1;
    return end;
  }
}
