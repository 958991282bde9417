import { AccessLog } from '../../../../tools/generate/access-log.mjs';
import { Dice } from '../../../../tools/generate/dice.mjs';
import { dataList } from './data-list.mjs';
import { e107Rules } from './e107-rules.mjs';

const benignLines = 20_000;

/** @param {string} text */
const escaped = (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

/** What each kind of name is looked for in, and the lists that it comes from. */
const kinds = {
  script: {
    lists: ['backdoors.txt'],
    rule: (name) => String.raw`<HOST>\s-\s-\s.*"(?:GET|POST|HEAD) [^"]*/${escaped(name)}`,
    ending: '.php',
  },
  file: {
    lists: [
      'sensitive_data.txt',
      'path_traversal.txt',
      'sqli_probe_patterns.txt',
      'xss_probe_patterns.txt',
      'jira_cve_2021-26086.txt',
    ],
    rule: (name) => String.raw`<HOST>\s-\s-\s.*"(?:GET|POST|HEAD) [^"]*${escaped(name)}`,
    ending: '.bak',
  },
  agent: {
    lists: ['bad_user_agents.txt'],
    only: /^[\w-]+$/,
    rule: (name) => String.raw`<HOST>\s-\s-\s.*"[^"]*${escaped(name)}[^"]*"$`,
    ending: 'Bot',
  },
};

/** How many names of each kind a set has, besides the e107 rules. */
const shares = {
  50: { script: 44, file: 0, agent: 0 },
  300: { script: 150, file: 70, agent: 74 },
  1000: { script: 193, file: 186, agent: 615 },
};

/** A name that nobody uses. */
function madeUp(dice, ending) {
  const syllable = () => dice.pick([...'bdfgklmnprtvxz']) + dice.pick([...'aeiou']);
  return Array.from({ length: 3 + dice.below(3) }, syllable).join('') + ending;
}

/** Names of a kind that no benign line holds, those of the lists first. */
function namesOf({ lists, only = /^[\x21-\x7e]+$/, ending }, count, benign) {
  const dice = new Dice(count);
  const names = new Set(lists.flatMap(dataList).filter((name) => only.test(name) && name.length >= 4));
  const good = [...names].filter((name) => !benign.includes(name)).slice(0, count);
  const all = new Set(good);
  while (all.size < count) {
    const name = madeUp(dice, ending);
    if (!benign.includes(name)) all.add(name);
  }
  return { names: [...all], fromLists: good.length };
}

/**
 * The e107 rules and more for an access log, each of its own name: no benign line matches, so that the share of lines
 * that do stays as it is.
 *
 * @param {50 | 300 | 1000} count
 * @returns {{ rules: string[], names: string[] }} the names of all rules but the e107 ones
 */
export function manyRules(count) {
  const log = new AccessLog(1, 0);
  const benign = Array.from({ length: benignLines }, () => log.line()).join('');
  const parts = Object.entries(kinds).map(([kind, { rule, ...how }]) => {
    const { names, fromLists } = namesOf(how, shares[count][kind], benign);
    return { names, fromLists, rules: names.map(rule) };
  });
  const names = parts.flatMap((part) => part.names);
  const fromLists = parts.reduce((sum, part) => sum + part.fromLists, 0);
  console.error(`${count} rules: ${fromLists} of ${names.length} names are from lists, the others made up`);
  return { rules: [...e107Rules, ...parts.flatMap(({ rules }) => rules)], names };
}
