import { type Fail2banConfigError, faultAt, quote } from '../fail2ban-config-error.ts';
import type { ConfigTree, Options } from '../tree/config-tree.ts';
import { placeOf, textOf } from '../values/value.ts';
import { JAIL_OPTIONS } from './jail-options.ts';

/** Names shorter than this are too near to each other. */
const MIN_CHARS = 6;
const SEPARATORS = /[-_. ]/g;
const REFERENCE = /%\(([^)]+)\)s/g;

/** True when one letter is missing, too many, another, or two have changed places. */
function isOneSlipFrom(wrong: string, right: string): boolean {
  let at = 0;
  while (at < wrong.length && wrong[at] === right[at]) at += 1;
  const [rest, wanted] = [wrong.slice(at), right.slice(at)];
  const isSwapped = rest.length > 1 && rest[0] === wanted[1] && rest[1] === wanted[0];
  return (
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    rest.slice(1) === wanted.slice(1) ||
    (isSwapped && rest.slice(2) === wanted.slice(2))
  );
}

function meant(name: string): string | undefined {
  if (JAIL_OPTIONS.has(name) || name.length < MIN_CHARS || name.endsWith('_')) return undefined;
  const letters = name.replace(SEPARATORS, '');
  return [...JAIL_OPTIONS].find(
    (option) =>
      option.length >= MIN_CHARS && (option.replace(SEPARATORS, '') === letters || isOneSlipFrom(name, option)),
  );
}

function referredNames(tree: ConfigTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { options } of [{ options: tree.defaults }, ...tree.sections.values()])
    for (const value of options.values())
      for (const match of textOf(value).matchAll(REFERENCE))
        names.add((match[1] as string).toLowerCase().replace(/^.*\//, ''));
  return names;
}

/**
 * Options that have no effect because of a slip in their names, which fail2ban passes over: all that are nearly an option of
 * jails, and that nothing refers to.
 */
export function misspeltOptions(tree: ConfigTree, options: Options): readonly Fail2banConfigError[] {
  const slips = [...options].flatMap(([name, value]) => {
    const right = meant(name);
    return right === undefined || options.has(right) ? [] : [{ name, right, place: placeOf(value) }];
  });
  if (slips.length === 0) return [];
  const referred = referredNames(tree);
  return slips
    .filter(({ name }) => !referred.has(name))
    .map(({ name, right, place }) =>
      faultAt(
        place,
        'ERR_FAIL2BAN_CONFIG_OPTION',
        `there is no option ${quote(name)}, so it does nothing`,
        `write ${right}`,
      ),
    );
}
