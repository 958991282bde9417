import type { ConfigTree } from '../tree/config-tree.ts';
import { Interpolator } from '../values/interpolator.ts';
import type { Value } from '../values/value.ts';

/** Sections of a filter or an action. */
export const DEFINITION = 'Definition';
const INIT = 'Init';
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

  constructor(source: DefinitionSource) {
    this.#source = source;
    this.#sections.set(
      DEFINITION,
      new Interpolator(source.tree, DEFINITION, (name) => source.args.get(name) ?? source.jailOption(name)),
    );
  }

  /** An option by its place in the order of precedence: argument, [Init], jail, [Definition], [DEFAULT]. */
  option(name: string): Value | undefined {
    return this.#source.args.get(name) ?? this.initOption(name) ?? this.#section(DEFINITION).get(name);
  }

  /** An option of [Init] itself. */
  initOption(name: string): Value | undefined {
    const init = this.#section(INIT);
    return init.hasOwn(name) ? init.get(name) : undefined;
  }

  /** What `<tag>` stands for: `known/option`, `section/option`, or any option. */
  tag(tag: string): Value | undefined {
    const [, section, option = ''] = SECTION_OPTION.exec(tag) ?? [];
    const value = section === undefined ? undefined : this.#sectionOption(section, option);
    return value ?? this.option(tag);
  }

  /** True when an argument, [Init] or [Definition] itself has the option. */
  hasOwn(name: string): boolean {
    return this.#source.args.has(name) || [INIT, DEFINITION].some((section) => this.#section(section).hasOwn(name));
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

  /** The value that an argument hides is known; else what a later file hides, else the option itself. */
  #known(option: string): Value | undefined {
    const init = this.initOption(option);
    if (init !== undefined) return init;
    const definition = this.#section(DEFINITION);
    const hidden = (this.#source.tree.sections.get(DEFINITION)?.known.size ?? 0) > 0;
    return (hidden ? definition.get(`known/${option}`) : undefined) ?? definition.get(option);
  }

  #section(name: string): Interpolator {
    const known = this.#sections.get(name) ?? new Interpolator(this.#source.tree, name);
    this.#sections.set(name, known);
    return known;
  }
}
