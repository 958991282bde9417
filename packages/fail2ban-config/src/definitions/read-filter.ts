import type { ConfigFiles } from '../config-files.ts';
import type { Place } from '../place.ts';
import { parseOptionList } from '../syntax/parse-option-list.ts';
import { ConfigReader } from '../tree/config-reader.ts';
import { TagSubstituter } from '../values/tag-substituter.ts';
import { placeOf, textOf, type Value, valueAt } from '../values/value.ts';
import { buildFilter, FILTER_OPTIONS, type FilterOption } from './build-filter.ts';
import { Definition } from './definition.ts';
import type { FilterConfig } from './filter-config.ts';
import { ARGUMENT, argumentsOf, openDefinition } from './open-definition.ts';

/** A filter as one jail uses it. */
export interface FilterUse {
  readonly name: string;
  readonly place: Place;
  /** An option with its tags replaced. */
  option(name: string): Value | undefined;
  /** An option as `%(known/option)s` gives it to the jail: references in it do not see arguments. */
  knownOption(name: string): Value | undefined;
  /** An option of the filter that the jail runs: references in it see [Init] too. */
  finalOption(name: FilterOption): Value | undefined;
  /** True for an option that `%(known/option)s` gives to the jail. */
  knows(name: string): boolean;
  /**
   * What fail2ban's client sends of the filter before the jail's own options: those of [Definition] that the jail does not
   * have, then arguments and [Init].
   */
  unhidden(inJail: (name: string) => boolean): readonly (readonly [FilterOption, string])[];
}

const isFilterOption = (name: string): name is FilterOption => (FILTER_OPTIONS as readonly string[]).includes(name);

/**
 * Opens the filter that `spec` names.
 * @param asked where it is asked for, if not where `spec` stands
 * @param jailOption what the filter may refer to
 * @param logType what `logtype` is, where neither the argument nor the filter says so
 */
export function openFilter(
  reader: ConfigReader,
  spec: Value,
  asked: Place | undefined,
  jailOption: (name: string) => Value | undefined,
  logType: 'file' | 'journal',
): FilterUse {
  const list = parseOptionList(textOf(spec), asked);
  const args = argumentsOf(list, spec);
  const { tree, section } = openDefinition(reader, 'filter', list.name, asked);
  if (textOf(args.get('logtype') ?? []) === '' && !section.options.has('logtype'))
    args.set('logtype', valueAt(logType, placeOf(spec)));
  const definition = new Definition({ tree, args, jailOption });
  const tags = new TagSubstituter((tag) => definition.tag(tag));
  const option = (name: string): Value | undefined => {
    const value = definition.option(name);
    return value && tags.substitute(name, value);
  };
  // fail2ban reads the filter twice: what stands in [Definition] itself is read anew, all else is remembered.
  const isReadAnew = (tag: string): boolean => isFilterOption(tag) || section.options.has(tag);
  const lateTags = new TagSubstituter((tag) => (isReadAnew(tag) ? definition.lateOption(tag) : definition.tag(tag)));
  const finalOption = (name: FilterOption): Value | undefined => {
    // The same, and known already.
    if (!definition.hasInit) return option(name);
    const value = definition.lateOption(name);
    return value && lateTags.substitute(name, value);
  };
  const early = (name: string): Value | undefined =>
    isFilterOption(name) || !section.options.has(name)
      ? definition.tag(name)
      : (definition.given(name) ?? definition.plainOption(name));
  const earlyTags = new TagSubstituter(early);
  const knownOption = (name: string): Value | undefined => {
    const value = early(name);
    return value && earlyTags.substitute(name, value);
  };
  return {
    name: list.name,
    place: section.place,
    option,
    knownOption,
    finalOption,
    unhidden(inJail) {
      const given = definition.initNames();
      const own = FILTER_OPTIONS.filter((name) => !given.includes(name) && !inJail(name));
      const sent: [FilterOption, string][] = [];
      for (const name of [...own, ...given]) {
        const value = isFilterOption(name) ? finalOption(name) : undefined;
        if (value !== undefined) sent.push([name as FilterOption, textOf(value)]);
      }
      return sent;
    },
    knows: (name) => definition.hasOwn(name) || isFilterOption(name),
  };
}

/**
 * Reads one filter, for use without a jail.
 *
 * @param dir the configuration folder
 * @param name `sshd`, or with options `sshd[mode=aggressive]`
 * @throws Fail2banConfigError with file, line and cure
 */
export function readFilter(files: ConfigFiles, dir: string, name: string): FilterConfig {
  const spec = valueAt(name, ARGUMENT);
  const filter = openFilter(new ConfigReader(files, dir), spec, undefined, () => undefined, 'file');
  return buildFilter(filter.name, filter.place, (option) => filter.option(option));
}
