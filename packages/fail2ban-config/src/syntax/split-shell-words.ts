import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';

const SPACE = /[ \t\r\n]/;

/**
 * Splits as a POSIX shell splits a plain command, in the way of Python's `shlex.split`: at white, with quotes and
 * backslashes, without expanding anything. fail2ban splits `journalmatch` so.
 *
 * @param place for the error
 * @throws Fail2banConfigError `ERR_FAIL2BAN_CONFIG_OPTION` for a quote that is not closed
 */
export function splitShellWords(text: string, place?: Place): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let open = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    const next = text[at + 1];
    if (open !== "'" && character === '\\' && next !== undefined) {
      // Between double quotes a backslash speaks only to a quote and to itself.
      word = (word ?? '') + (open === '"' && next !== '"' && next !== '\\' ? character + next : next);
      at += 1;
    } else if (open === '' ? character === '"' || character === "'" : character === open) {
      open = open === '' ? character : '';
      word ??= '';
    } else if (open === '' && SPACE.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      if (open === '' && character === '\\') open = character;
      else word = (word ?? '') + character;
    }
  }
  if (open !== '') {
    const fault =
      open === '\\' ? `nothing follows the last \\ in ${quote(text)}` : `a ${open} is not closed in ${quote(text)}`;
    throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, 'close the quotes, as in _COMM="my app"');
  }
  if (word !== undefined) words.push(word);
  return words;
}
