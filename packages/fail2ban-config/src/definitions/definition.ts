import type { ConfigTree, Options } from '../tree/config-tree.ts';
import { Interpolator } from '../values/interpolator.ts';
import type { Value } from '../values/value.ts';

/** Sections of a filter or an action. */
export const DEFINITION = 'Definition';
const INIT = 'Init';
const KNOWN = 'known/';
/** What fail2ban calls the options that a later file replaced. */
const HIDDEN = `KNOWN/${DEFINITION}`;
const NO_OPTIONS: Options = new Map();
const SECTION_OPTION = /^([\w-]+)\/(\S+)$/;

export interface DefinitionSource {
  readonly tree: ConfigTree;
  /** Passed by whoever uses the definition, `name[option=value]`; by lower-cased name. */
  readonly args: ReadonlyMap<string, Value>;
  /** Options of the jail that the definition may refer to, by lower-cased name. */
  readonly jailOption: (name: string) => Value | undefined;
}

/** The options of one filter or action as a jail uses it, interpolated, their `<tag>`s not yet replaced. */
export class Definition {
  readonly #source: DefinitionSource;
  readonly #sections = new Map<string, Interpolator>();
  readonly #definition: Interpolator;
  #late: Interpolator | undefined;
  #hidden: Interpolator | undefined;
  /** Without arguments. */
  #plain: Interpolator | undefined;
  readonly #init: Options;
  /** What was looked up before; an action has two families and many commands with the same tags. */
  readonly #options = new Map<string, Value | undefined>();

  constructor(source: DefinitionSource) {
    this.#source = source;
    this.#init = source.tree.sections.get(INIT)?.options ?? NO_OPTIONS;
    const passed = (name: string): Value | undefined => source.args.get(name) ?? source.jailOption(name);
    this.#definition = new Interpolator(source.tree, DEFINITION, passed);
    this.#sections.set(DEFINITION, this.#definition);
  }

  /** An option by its place in the order of precedence: argument, [Init], jail, [Definition], [DEFAULT]. */
  option(name: string): Value | undefined {
    const before = this.#options.get(name);
    if (before !== undefined || this.#options.has(name)) return before;
    const value = this.#source.args.get(name) ?? this.initOption(name) ?? this.#definition.get(name);
    this.#options.set(name, value);
    return value;
  }

  /** True when [Init] itself has options. */
  get hasInit(): boolean {
    return this.#init.size > 0;
  }

  /** As {@link option}, with the options of [Init] going before those of [Definition] in references too. */
  lateOption(name: string): Value | undefined {
    const { args, jailOption, tree } = this.#source;
    this.#late ??= new Interpolator(tree, DEFINITION, (reference) => {
      const hidden = reference.startsWith(KNOWN) ? this.initOption(reference.slice(KNOWN.length)) : undefined;
      return args.get(reference) ?? hidden ?? this.initOption(reference) ?? jailOption(reference);
    });
    return args.get(name) ?? this.initOption(name) ?? this.#late.get(name);
  }

  /** An option of [Definition], or [DEFAULT], as if nothing were passed. */
  plainOption(name: string): Value | undefined {
    this.#plain ??= new Interpolator(this.#source.tree, DEFINITION);
    return this.#plain.get(name);
  }

  /**
   * What `name` is under a condition, `family=inet6`. An argument `name` goes before what the files say under the
   * condition, as in later releases of fail2ban; in 1.0 the argument then has no effect for IPv6.
   */
  conditional(name: string, condition: string): Value | undefined {
    const key = `${name}?${condition}`;
    return this.#source.args.has(name) ? this.#source.args.get(key) : this.option(key);
  }

  /** An option of [Init] itself. */
  initOption(name: string): Value | undefined {
    return this.#init.has(name.toLowerCase()) ? this.#section(INIT).get(name) : undefined;
  }

  /** Names of the arguments and of the options of [Init] itself. */
  initNames(): readonly string[] {
    return [...new Set([...this.#source.args.keys(), ...this.#init.keys()])];
  }

  /** An argument, or an option of [Init] itself. */
  given(name: string): Value | undefined {
    return this.#source.args.get(name) ?? this.initOption(name);
  }

  /** What `<tag>` stands for: `known/option`, `section/option`, or any option. */
  tag(tag: string): Value | undefined {
    if (!tag.includes('/')) return this.option(tag);
    const [, section, option = ''] = SECTION_OPTION.exec(tag) ?? [];
    const value = section === undefined ? undefined : this.#sectionOption(section, option);
    return value ?? this.option(tag);
  }

  /** True when an argument, [Init] or [Definition] itself has the option. */
  hasOwn(name: string): boolean {
    const key = name.toLowerCase();
    const own = this.#source.tree.sections.get(DEFINITION)?.options;
    return this.#source.args.has(name) || this.#init.has(key) || (own?.has(key) ?? false);
  }

  /** Names of all options of [Init] and [Definition] and of all arguments. */
  names(): readonly string[] {
    const { args, tree } = this.#source;
    const own = [INIT, DEFINITION].flatMap((section) => [...(tree.sections.get(section)?.options.keys() ?? [])]);
    return [...new Set([...args.keys(), ...own])];
  }

  #sectionOption(section: string, option: string): Value | undefined {
    if (section.toLowerCase() === 'known') return this.#known(option);
    if (section.toLowerCase() === 'default') return this.#section('DEFAULT').get(option);
    return this.#source.tree.sections.has(section) ? this.#section(section).get(option) : undefined;
  }

  /** What an argument, or a later file, hides: [Init], else what a later file replaced, else the option itself. */
  #known(option: string): Value | undefined {
    const init = this.initOption(option);
    if (init !== undefined) return init;
    const { tree } = this.#source;
    const section = tree.sections.get(DEFINITION);
    if (section?.isRepeated) {
      // A section of its own in fail2ban, whose references see nothing but it and [DEFAULT].
      this.#hidden ??= new Interpolator(
        { ...tree, sections: new Map([[HIDDEN, { ...section, options: section.known, known: NO_OPTIONS }]]) },
        HIDDEN,
      );
      const value = this.#hidden.get(option);
      if (value !== undefined) return value;
    }
    return this.plainOption(option);
  }

  #section(name: string): Interpolator {
    const known = this.#sections.get(name) ?? new Interpolator(this.#source.tree, name);
    this.#sections.set(name, known);
    return known;
  }
}
