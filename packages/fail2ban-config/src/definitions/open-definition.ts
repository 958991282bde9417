import { Fail2banConfigError, faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import type { OptionList } from '../syntax/parse-option-list.ts';
import type { ConfigReader } from '../tree/config-reader.ts';
import type { ConfigTree, TreeSection } from '../tree/config-tree.ts';
import { sliceValue, type Value } from '../values/value.ts';
import { DEFINITION } from './definition.ts';

/** The files of a filter or action, known to be without fault. */
export interface OpenDefinition {
  readonly tree: ConfigTree;
  readonly section: TreeSection;
}

/**
 * Reads the files of a filter or an action.
 * @param asked where it is asked for
 * @throws Fail2banConfigError the first fault in its files, or that there are none
 */
export function openDefinition(
  reader: ConfigReader,
  kind: 'filter' | 'action',
  name: string,
  asked: Place | undefined,
): OpenDefinition {
  const tree = reader.tree(`${kind}.d/${name}`);
  if (tree === undefined) {
    const fault = `there is no ${kind} ${quote(name)} in ${reader.dir}/${kind}.d`;
    throw faultAt(asked, 'ERR_FAIL2BAN_CONFIG_MISSING', fault, `correct the name, or add ${name}.conf`);
  }
  const [broken] = tree.faults;
  if (broken !== undefined) throw broken.error;
  const section = tree.sections.get(DEFINITION);
  if (section !== undefined) return { tree, section };
  const fault = `the ${kind} has no section [${DEFINITION}]`;
  const file = tree.files.at(-1);
  throw new Fail2banConfigError('ERR_FAIL2BAN_CONFIG_SYNTAX', fault, {
    file,
    line: 1,
    cure: `add it, or name another ${kind}`,
  });
}

/** The place of what a caller passes, which is in no file. */
export const ARGUMENT: Place = Object.freeze({ file: '<argument>', line: 1 });

/** The arguments of an option list with their places, the list having begun at `at` of `value`. */
export const argumentsOf = (list: OptionList, value: Value, at = 0): Map<string, Value> =>
  new Map(
    list.options.map((option) => {
      const start = at + option.at;
      return [option.name.toLowerCase(), sliceValue(value, start, start + option.value.length)] as const;
    }),
  );
