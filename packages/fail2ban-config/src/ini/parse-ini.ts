import { type Fail2banConfigErrorCode, faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import type { Line, Value } from '../values/value.ts';
import { DEFAULT_SECTION, type IniFault, type IniFile, type IniSection } from './ini-file.ts';
import { indentOf, isSpace, strip, stripEnd } from './python-space.ts';

interface OpenSection extends IniSection {
  readonly name: string;
  readonly options: Map<string, Line[]>;
}

/** Where the comment of a line begins: at its first character, or at a `;` after white; else `undefined`. */
function commentStart(line: string, indent: number): number | undefined {
  const first = line[indent];
  if (first === '#' || first === ';') return 0;
  for (let at = line.indexOf(';'); at !== -1; at = line.indexOf(';', at + 1)) {
    if (isSpace(line[at - 1] ?? '')) return at;
  }
  return undefined;
}

/** Python ends a value where its last line that is not blank ends. */
function trimEnd(lines: Line[]): Value {
  let end = lines.length;
  while (end > 1 && (lines[end - 1] as Line).text === '') end -= 1;
  return end === lines.length ? lines : lines.slice(0, end);
}

/** Most faults that are listed of one section. */
const MAX_FAULTS = 20;

class IniParser {
  readonly #path: string;
  readonly sections = new Map<string, OpenSection>();
  readonly faults: IniFault[] = [];
  #section: OpenSection | undefined;
  #value: Line[] | undefined;
  #indent = 0;
  readonly #faultCounts = new Map<string | undefined, number>();

  constructor(path: string) {
    this.#path = path;
  }

  /** @param number from 1 */
  line(text: string, number: number): void {
    const indent = indentOf(text);
    const comment = commentStart(text, indent);
    if (comment === 0) return;
    const content = stripEnd(text.slice(indent, comment));
    if (content === '') {
      if (comment === undefined) this.#value?.push({ text: '', place: this.#place(number) });
      return;
    }
    const place = this.#place(number);
    if (this.#value !== undefined && indent > this.#indent) {
      this.#value.push({ text: content, place });
      return;
    }
    this.#indent = indent;
    this.#value = undefined;
    if (content.startsWith('[')) this.#header(content, place);
    else this.#option(content, place);
  }

  #place(line: number): Place {
    return Object.freeze({ file: this.#path, line });
  }

  #header(content: string, place: Place): void {
    const end = content.lastIndexOf(']');
    const name = end > 1 ? content.slice(1, end) : content.replace(/^\[/, '').replace(/\]$/, '').trim();
    if (end <= 1) this.#syntax(`${quote(content)} is no section header`, 'write it as [name]', place, name);
    const before = this.sections.get(name);
    if (before !== undefined && name !== DEFAULT_SECTION) {
      const fault = `section [${name}] is already in this file, at line ${before.place.line}`;
      this.#fault('ERR_FAIL2BAN_CONFIG_DUPLICATE', fault, 'make one section of the two', place, name);
      this.#section = { name, place, options: new Map() };
      return;
    }
    this.#section = before ?? { name, place, options: new Map() };
    this.sections.set(name, this.#section);
  }

  #option(content: string, place: Place): void {
    const delimiter = content.search(/[=:]/);
    const section = this.#section;
    // Until an option is accepted, the lines that continue this one go nowhere.
    this.#value = [];
    if (section === undefined) {
      const fault = `${quote(content)} stands before the first section`;
      if (this.faults.length === 0) this.#syntax(fault, 'put a header such as [DEFAULT] above it', place, undefined);
      return;
    }
    if (delimiter === -1) {
      const cure = 'write option = value, or indent it to continue the value above';
      this.#syntax(`${quote(content)} is neither a section nor an option`, cure, place, section.name);
      return;
    }
    const name = stripEnd(content.slice(0, delimiter)).toLowerCase();
    if (name === '') {
      this.#syntax(`${quote(content)} names no option`, 'write option = value', place, section.name);
      return;
    }
    const before = section.options.get(name);
    this.#value = [{ text: strip(content.slice(delimiter + 1)), place }];
    if (before === undefined) {
      section.options.set(name, this.#value);
      return;
    }
    const fault = `option ${quote(name)} is already in [${section.name}], at line ${before[0]?.place.line}`;
    this.#fault('ERR_FAIL2BAN_CONFIG_DUPLICATE', fault, 'remove one of the two', place, section.name);
  }

  #syntax(fault: string, cure: string, place: Place, section: string | undefined): void {
    this.#fault('ERR_FAIL2BAN_CONFIG_SYNTAX', fault, cure, place, section);
  }

  #fault(code: Fail2banConfigErrorCode, fault: string, cure: string, place: Place, section: string | undefined): void {
    const count = (this.#faultCounts.get(section) ?? 0) + 1;
    this.#faultCounts.set(section, count);
    if (count <= MAX_FAULTS) this.faults.push({ error: faultAt(place, code, fault, cure), section });
    if (count !== MAX_FAULTS + 1) return;
    const more = `[${section}] has more than ${MAX_FAULTS} faults`;
    this.faults.push({ error: faultAt(place, code, more, 'correct those above, then read it again'), section });
  }
}

/**
 * Parses a file in the dialect of Python's `configparser` as fail2ban sets it up: `=` or `:` as delimiter, option
 * names in lower case, values continued by deeper indentation, `#` and `;` lines as comments, ` ;` as comment within a
 * line, sections and options once per file. A byte order mark at the start is ignored.
 *
 * Never throws: each fault is listed with the section it lies in, and parsing goes on.
 */
export function parseIni(text: string, path: string): IniFile {
  const parser = new IniParser(path);
  const lines = text.slice(text.startsWith('\uFEFF') ? 1 : 0).split(text.includes('\r') ? /\r\n|[\n\r]/ : '\n');
  for (const [index, line] of lines.entries()) parser.line(line, index + 1);
  const sections = new Map<string, IniSection>();
  for (const { name, place, options } of parser.sections.values()) {
    const trimmed = new Map<string, Value>();
    for (const [option, value] of options) trimmed.set(option, trimEnd(value));
    sections.set(name, { place, options: trimmed });
  }
  return { path, sections, faults: parser.faults };
}
