import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';

/** One `name=value` of an option list. */
export interface ListedOption {
  readonly name: string;
  /** Without quotes and white at the ends. */
  readonly value: string;
  /** Where the value begins in the whole text. */
  readonly at: number;
}

/** `name[option=value, …]` taken apart. */
export interface OptionList {
  readonly name: string;
  readonly options: readonly ListedOption[];
}

const CURE = 'write it as name[option=value, option="value"], without white around =';
// Later releases of fail2ban take a condition in a name: blocktype?family=inet6="drop".
// Any letter that is not ASCII passes: a class of all letters takes longer to compile than most lists to read.
const NAME = /\s*([\w.\u0080-\uffff-]+(?:\?\w+=[\w.-]+)?)=/y;
const VALUE = /"([^"]*)"|'([^']*)'|([^,\]]*)/y;
const NEXT = /,|\]\s*\[|$/y;
const END = /,?\s*$/y;

/** `regex.exec` at one position. */
function matchAt(regex: RegExp, text: string, at: number): RegExpExecArray | null {
  regex.lastIndex = at;
  return regex.exec(text);
}

/**
 * Takes `name[a=1, b="x, y", c='z'][d=2]` apart: the syntax in which jails name filters, actions and backends.
 * Quoted values run to the next quote of their kind, bare ones to `,` or `]`. There are no escapes.
 *
 * @param place for the error
 * @throws Fail2banConfigError `ERR_FAIL2BAN_CONFIG_OPTION_LIST` saying at which column it goes wrong
 */
export function parseOptionList(text: string, place?: Place): OptionList {
  const wrong = (what: string): Error =>
    faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION_LIST', `${what} in ${quote(text)}`, CURE);
  const bracket = text.indexOf('[');
  const name = (bracket === -1 ? text : text.slice(0, bracket)).trim();
  if (name === '') throw wrong('there is no name');
  if (bracket === -1) return { name, options: [] };
  const trimmed = text.trimEnd();
  if (!trimmed.endsWith(']')) throw wrong('the closing ] is missing');
  const list = trimmed.slice(0, -1);
  const options: ListedOption[] = [];
  let at = bracket + 1;
  while (at < list.length && !matchAt(END, list, at)) {
    const option = matchAt(NAME, list, at);
    if (option === null) throw wrong(`no option=value at column ${at + 1}`);
    at += option[0].length;
    const value = matchAt(VALUE, list, at) as RegExpExecArray;
    const inner = value[1] ?? value[2] ?? value[0];
    const quoted = inner.length < value[0].length ? 1 : 0;
    options.push({
      name: option[1] as string,
      value: inner.trim(),
      at: at + quoted + (inner.length - inner.trimStart().length),
    });
    at += value[0].length;
    const next = matchAt(NEXT, list, at);
    if (next === null) throw wrong(`text after the value of ${quote(option[1] as string)}`);
    at += next[0].length;
  }
  return { name, options };
}

/** The options by name, the last of a name, without a prototype. */
export function recordOf(options: readonly ListedOption[]): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const { name, value } of options) record[name] = value;
  return Object.freeze(record);
}
