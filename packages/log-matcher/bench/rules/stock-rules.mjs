import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = '/etc/fail2ban';
const content = /<F-CONTENT>.*<\/F-CONTENT>(.*)$/;

/** What a regular expression for one line cannot say: look-around, conditionals, back-references. */
const irregular = /\(\?(?:[=!(]|<[=!]|P=)|\\[1-9]/;

/** `true`, or what to install. */
export const stockRulesAvailable = async () =>
  existsSync(path.join(folder, 'filter.d')) ||
  'needs the filters of fail2ban; run tools/setup-system.sh --peers (package fail2ban)';

/**
 * A failregex behind what the filter's prefregex asks for: the content that fail2ban hands on is matched in place.
 *
 * @param {string | undefined} prefix
 * @param {string} regex
 */
function joined(prefix, regex) {
  if (prefix === undefined) return regex;
  const inside = regex.startsWith('^') ? regex.slice(1) : `.*${regex}`;
  return prefix.replace(content, (_, rest) => `(?:${inside})${rest === '$' ? '' : `.*${rest}`}`);
}

/**
 * All regular expressions of the filters that fail2ban is installed with, in the default mode of each, for whole lines:
 * fail2ban cuts the date out before it matches, here a line may begin with that of syslog. Those that are not regular,
 * or want several lines, are left out. They are read from where fail2ban lies: its licence is not ours.
 *
 * @returns {Promise<string[]>} in the dialect of Python, with named groups for the host
 */
export async function stockRules() {
  const { loadFilterConfig } = await import(new URL('../../../fail2ban-config/dist/loader.js', import.meta.url).href);
  const { expandTags } = await import(new URL('../../../fail2ban-filter/dist/index.js', import.meta.url).href);
  const names = readdirSync(path.join(folder, 'filter.d'))
    .filter((file) => file.endsWith('.conf') && !file.endsWith('common.conf'))
    .map((file) => file.slice(0, -'.conf'.length));
  const all = names.sort().flatMap((name) => {
    const { failRegex, prefRegex, maxLines = 1 } = loadFilterConfig(name, { configDir: folder });
    if (maxLines > 1) return [];
    return failRegex.map(({ value }) => expandTags(joined(prefRegex?.value, value), 'warn'));
  });
  return all
    .filter((regex) => !irregular.test(withoutTrueLookBehind(regex)))
    .map((regex) => regex.replace(/^\^+/, String.raw`^(?:\w{3}\s+\d+ [\d:]+ )?`));
}

/**
 * fail2ban's `<HOST>` looks back for a colon where nothing but a colon can stand; not every peer can look back.
 *
 * @param {string} regex
 */
export const withoutTrueLookBehind = (regex) => regex.replaceAll('(?<=:):', ':');
