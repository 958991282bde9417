import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { ConfigTree, TreeSection } from '../tree/config-tree.ts';
import { placeOf, sizeOf, type Value, valueAt } from './value.ts';
import { ValueBuilder } from './value-builder.ts';

/** Most levels of `%(name)s` within each other, as in Python's configparser. */
export const MAX_INTERPOLATION_DEPTH = 10;
/** Most characters that are handled to expand one option. */
export const MAX_EXPANDED_CHARS: number = 1 << 20;

const REFERENCE = /%(?:%|\(([^)]+)\)s)?/g;
const SECTION_OPTION = /^([\w-]+)\/(.+)$/s;

interface Expanded {
  readonly value: Value;
  /** Levels of references below. */
  readonly levels: number;
}

/** Reads the options of one section with their `%(name)s` filled in. */
export class Interpolator {
  readonly #tree: ConfigTree;
  readonly #section: string;
  readonly #vars: (name: string) => Value | undefined;
  readonly #own: TreeSection | undefined;
  readonly #expanded = new Map<string, Expanded | undefined>();
  readonly #trail: string[] = [];
  #chars = 0;

  /**
   * @param section DEFAULT, or one of the tree's; one that is not there has the options of DEFAULT
   * @param vars values that go before those of the section and are taken as they are, by lower-cased name
   */
  constructor(tree: ConfigTree, section: string, vars: (name: string) => Value | undefined = () => undefined) {
    this.#tree = tree;
    this.#section = section;
    this.#vars = vars;
    this.#own = tree.sections.get(section);
  }

  /**
   * The option's value; `undefined` when neither the section nor DEFAULT has it.
   * @throws Fail2banConfigError for a reference that names nothing, names itself or is nested too deep, and for a value
   *   that grows over {@link MAX_EXPANDED_CHARS}
   */
  get(option: string): Value | undefined {
    this.#chars = 0;
    this.#trail.length = 0;
    const name = option.toLowerCase();
    const value = this.#vars(name);
    return value ?? this.#read(name)?.value;
  }

  #read(name: string): Expanded | undefined {
    const before = this.#expanded.get(name);
    if (before !== undefined || this.#expanded.has(name)) return before;
    const raw = this.#raw(name);
    let expanded: Expanded | undefined;
    if (raw !== undefined) {
      this.#trail.push(name);
      expanded = this.#expand(raw);
      this.#trail.pop();
    }
    this.#expanded.set(name, expanded);
    return expanded;
  }

  #raw(name: string): Value | undefined {
    const { defaults, sections } = this.#tree;
    const plain = this.#own?.options.get(name) ?? defaults.get(name);
    if (plain !== undefined || !name.includes('/')) return plain;
    const [, section, option = ''] = SECTION_OPTION.exec(name) ?? [];
    if (section === undefined) return undefined;
    if (section === 'default') return defaults.get(option);
    if (section === 'known') return this.#own?.known.get(option) ?? defaults.get(option);
    // Names are looked up in lower case, sections have the case that they are written in.
    const other = sections.get(section) ?? [...sections].find(([key]) => key.toLowerCase() === section)?.[1];
    return other && (other.options.get(option) ?? defaults.get(option));
  }

  #expand(raw: Value): Expanded {
    this.#count(raw);
    if (!raw.some((line) => line.text.includes('%'))) return { value: raw, levels: 0 };
    const builder = new ValueBuilder(placeOf(raw));
    let levels = 0;
    raw.forEach(({ text, place }, index) => {
      if (index > 0) builder.break(place);
      let from = 0;
      for (const match of text.matchAll(REFERENCE)) {
        builder.text(text.slice(from, match.index), place);
        from = match.index + match[0].length;
        if (match[0] === '%%') {
          builder.text('%', place);
          continue;
        }
        const referred = this.#refer(match[1], text.slice(match.index), raw, index);
        levels = Math.max(levels, referred.levels);
        builder.value(referred.value, match[0].length === text.length);
      }
      builder.text(text.slice(from), place);
    });
    if (levels >= MAX_INTERPOLATION_DEPTH) throw this.#tooDeep(raw);
    return { value: builder.finish(), levels: levels + 1 };
  }

  #refer(name: string | undefined, text: string, raw: Value, index: number): Expanded {
    const place = raw[index]?.place;
    if (name === undefined) {
      const fault = `${quote(text)} is no reference`;
      throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_INTERPOLATION', fault, 'write %(name)s, or %% for one %');
    }
    const key = name.toLowerCase();
    if (key === '__name__') return { value: valueAt(this.#section, place ?? placeOf(raw)), levels: 0 };
    const literal = this.#vars(key);
    if (literal !== undefined) {
      this.#count(literal);
      return { value: literal, levels: 0 };
    }
    if (this.#trail.includes(key) || this.#trail.length > MAX_INTERPOLATION_DEPTH) throw this.#tooDeep(raw, key);
    const referred = this.#read(key);
    if (referred === undefined) {
      const fault = `%(${name})s names no option of [${this.#section}] or [DEFAULT]`;
      const cure = `define ${name.includes('/') ? 'it' : name} there, or remove the reference`;
      throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_INTERPOLATION', fault, cure);
    }
    this.#count(referred.value);
    return referred;
  }

  #tooDeep(raw: Value, name?: string): Error {
    const loop = name !== undefined && this.#trail.includes(name);
    const fault = loop
      ? `%(${name})s refers to itself, by way of ${this.#trail.join(' > ')}`
      : `%(…)s is nested more than ${MAX_INTERPOLATION_DEPTH} levels deep`;
    const cure = loop ? 'take one of these references out' : 'write some of the values out';
    return faultAt(placeOf(raw), 'ERR_FAIL2BAN_CONFIG_INTERPOLATION', fault, cure);
  }

  #count(value: Value): void {
    this.#chars += sizeOf(value);
    if (this.#chars <= MAX_EXPANDED_CHARS) return;
    const fault = `the value grows over ${MAX_EXPANDED_CHARS} characters when its references are filled in`;
    throw faultAt(placeOf(value), 'ERR_FAIL2BAN_CONFIG_TOO_LONG', fault, 'shorten it');
  }
}
