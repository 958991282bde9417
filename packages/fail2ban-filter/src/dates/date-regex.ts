import { systemClock } from '@sluice/pipeline';
import { dateTokens } from './date-tokens.ts';
import { exactYear } from './exact-year.ts';

const tokens = /%(Ex[A-Za-z]|.|$)/g;
const lettered = /(?<!%)%[aAbBpc]/;
const globalFlags = /\(\?[a-z]+\)/;
const startsBound = /^\(*(?:\^|\(\?:\^)/;
const endsBound = /(?<!\\)(?:\$\)?|\\b|\\s)$/;
const capturing = /(?<!\\)\((?!\?)/;
const atLineStart = /^(?:\^|\((?:\?:)?\^(?!\|))/;
const atLineEnd = /(?<![\\|])\$\)?$/;

/** A `datepattern` as a Python regex whose group 1 is what is cut out of the line. */
export interface DateRegex {
  readonly regex: string;
  /** True when it can match at one place only, a line's beginning or end. */
  readonly anchored: boolean;
}

/** Writes tokens as their regexes. Throws a RangeError that names a token that does not exist. */
export function expandTokens(pattern: string): string {
  return pattern.replaceAll(tokens, (token, name: string) => {
    const regex = name === 'ExY' ? exactYear(systemClock.nowMs()) : dateTokens.get(name);
    if (regex === undefined) throw new RangeError(token);
    return regex;
  });
}

/** Makes all of a regex without a capturing group its group 1, save the anchors at its ends. */
function capture(regex: string): string {
  if (capturing.test(regex)) return regex;
  const start = regex.startsWith('^') ? 1 : 0;
  const end = regex.endsWith('$') && !regex.endsWith('\\$') ? regex.length - 1 : regex.length;
  return `${regex.slice(0, start)}(${regex.slice(start, end)})${regex.slice(end)}`;
}

/**
 * Bounds a regex so that it does not match inside a longer word or number.
 *
 * @param begin `word`: not inside a word; `line`: at the line's beginning or behind up to two signs; `free`: anywhere.
 *   A regex that begins with `^` or `**`, or ends with `$`, `\b`, `\s` or `**`, has its own bound there.
 */
export function boundRegex(source: string, begin: 'word' | 'line' | 'free'): DateRegex {
  const flags = globalFlags.exec(source)?.[0] ?? '';
  const body = source.replace(flags, '');
  const openStart = /^\(*\*\*/.test(body);
  const openEnd = /(?<!\\)\*\*\)*$/.test(body);
  const inner = capture(body.replace(/^(\(*)\*\*/, '$1').replace(/(?<!\\)\*\*(\)*)$/, '$1'));
  const ownStart = begin === 'free' || openStart || startsBound.test(body);
  const ownEnd = begin === 'free' || openEnd || endsBound.test(body);
  const start = ownStart ? '' : begin === 'line' ? String.raw`^(?:\W{0,2})?` : String.raw`(?=^|\b|\W)`;
  const end = ownEnd ? '' : String.raw`(?=\b|\W|$)`;
  const anchored = (start === '' ? atLineStart.test(inner) : begin === 'line') || atLineEnd.test(inner);
  return { regex: `${flags}${start}${inner}${end}`, anchored };
}

/**
 * Reads a pattern of tokens, with fail2ban's marks: `{^LN-BEG}` in front binds it to the line's beginning, `{UNB}`
 * takes its bounds away. Names of days and months are read in any case.
 */
export function dateRegex(pattern: string): DateRegex {
  const unbound = pattern.startsWith('{UNB}');
  const atStart = !unbound && pattern.startsWith('{^LN-BEG}');
  const body = pattern.slice(unbound ? '{UNB}'.length : atStart ? '{^LN-BEG}'.length : 0);
  const regex = expandTokens(body);
  const flagged = lettered.test(body) ? `(?i)${regex.replace(globalFlags, '')}` : regex;
  return boundRegex(flagged, unbound ? 'free' : atStart ? 'line' : 'word');
}
