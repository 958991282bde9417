/** One `name[options]` of several. */
export interface ListItem {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
}

const SPACE = /\s*/y;
const WORD = /\S+/y;
const NAME = /[^[\s]+/y;
const OPTION = /[\w.\u0080-\uffff-]+(?:\?\w+=[\w.-]+)?=/y;
const QUOTED = /(?:"[^"]*"|'[^']*')(?=\s*(?:[,\]]|[\w.\u0080-\uffff-]+[?=]))/y;
const BARE = /[^,\]]*/y;
const GROUP_END = /\]\s*\[/y;

function lengthAt(regex: RegExp, text: string, at: number): number {
  regex.lastIndex = at;
  return regex.exec(text)?.[0].length ?? 0;
}

/** The end of `option=value` at `at`; `at` itself when there is none. */
function endOfOption(text: string, at: number): number {
  const name = lengthAt(OPTION, text, at);
  if (name === 0) return at;
  const quoted = lengthAt(QUOTED, text, at + name);
  return at + name + (quoted === 0 ? lengthAt(BARE, text, at + name) : quoted);
}

/** Where the `[option=value, …]` groups that open at `bracket` end, or where they go wrong. */
function endOfGroups(text: string, bracket: number): { readonly at: number; readonly isProper: boolean } {
  let at = bracket + 1;
  for (;;) {
    at += lengthAt(SPACE, text, at);
    const end = endOfOption(text, at);
    const isOption = end > at;
    at = end + lengthAt(SPACE, text, end);
    const next = lengthAt(GROUP_END, text, at);
    if (next > 0 && isOption) at += next;
    else if (text[at] === ']') return { at: at + 1, isProper: true };
    else if (!isOption) return { at, isProper: false };
    else if (text[at] === ',') at += 1;
  }
}

/** Most characters that are looked at in vain, so that many lists that do not close take linear time too. */
const MAX_LOST_CHARS = 1 << 20;

/**
 * Splits at white outside of `[…]`, as fail2ban splits the option `action`: one action a line, or several in one.
 * An item that is no proper option list ends at the next white.
 */
export function splitOptionLists(text: string): readonly ListItem[] {
  const items: ListItem[] = [];
  let lost = 0;
  for (let at = lengthAt(SPACE, text, 0); at < text.length; at += lengthAt(SPACE, text, at)) {
    const nameEnd = at + lengthAt(NAME, text, at);
    const bracket = nameEnd + lengthAt(SPACE, text, nameEnd);
    let end = at + lengthAt(WORD, text, at);
    if (nameEnd > at && text[bracket] === '[' && lost < MAX_LOST_CHARS) {
      const groups = endOfGroups(text, bracket);
      if (groups.isProper && lengthAt(WORD, text, groups.at) === 0) end = groups.at;
      else lost += groups.at - bracket;
    }
    items.push({ text: text.slice(at, end), at });
    at = end;
  }
  return items;
}
