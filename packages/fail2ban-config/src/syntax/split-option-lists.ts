/** One `name[options]` of several. */
export interface ListItem {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
}

const SPACE = /\s*/y;
const WORD = /\S+/y;
const NAME = /[^[\s]+/y;
const OPTION = /[\p{L}\p{N}_.-]+=(?:"[^"]*"|'[^']*'|[^,\]]*)/uy;
const GROUP_END = /\]\s*\[/y;

function lengthAt(regex: RegExp, text: string, at: number): number {
  regex.lastIndex = at;
  return regex.exec(text)?.[0].length ?? 0;
}

/** The end of the `[option=value, …]` groups that open at `at`; -1 when they are not written like that. */
function endOfGroups(text: string, bracket: number): number {
  let at = bracket + 1;
  for (;;) {
    at += lengthAt(SPACE, text, at);
    const option = lengthAt(OPTION, text, at);
    at += option;
    at += lengthAt(SPACE, text, at);
    const next = lengthAt(GROUP_END, text, at);
    if (next > 0) at += next;
    else if (text[at] === ']') return at + 1;
    else if (option > 0 && text[at] === ',') at += 1;
    else return -1;
  }
}

/**
 * Splits at white outside of `[…]`, as fail2ban splits the option `action`: one action a line, or several in one.
 * From the first item on that is no proper option list, any white splits.
 */
export function splitOptionLists(text: string): readonly ListItem[] {
  const items: ListItem[] = [];
  let proper = true;
  for (let at = lengthAt(SPACE, text, 0); at < text.length; at += lengthAt(SPACE, text, at)) {
    const nameEnd = at + lengthAt(NAME, text, at);
    const bracket = nameEnd + lengthAt(SPACE, text, nameEnd);
    let end = at + lengthAt(WORD, text, at);
    if (proper && text[bracket] === '[') {
      const groupsEnd = nameEnd === at ? -1 : endOfGroups(text, bracket);
      proper = groupsEnd !== -1;
      // Text right behind the groups stays with them, so that the fault is shown whole.
      if (proper) end = groupsEnd + lengthAt(WORD, text, groupsEnd);
    }
    items.push({ text: text.slice(at, end), at });
    at = end;
  }
  return items;
}
