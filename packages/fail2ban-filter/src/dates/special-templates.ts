import { boundRegex, type DateRegex } from './date-regex.ts';
import { type DateReader, DateTemplate, type DateTemplateOptions } from './date-template.ts';

const seconds = String.raw`\d{10,11}\b(?:\.\d{3,6})?`;
const longSeconds = String.raw`\d{10,11}(?:\d{3}(?:\.\d{1,6}|\d{3})?)?`;

/** Whole seconds, as all times of fail2ban. Thirteen digits are milliseconds, sixteen microseconds. */
function epochToMs(text: string, long: boolean): number {
  const divisor = !long || text.length < 13 ? 1 : text.length >= 16 && !text.includes('.') ? 1e6 : 1e3;
  return Math.floor(Number(text) / divisor) * 1000;
}

const epochReader =
  (long: boolean): DateReader =>
  (match) => ({ kind: 'instant', timeMs: epochToMs(match.text('epoch') as string, long) });

const epochGroup = (long: boolean): string => `(?P<epoch>${long ? longSeconds : seconds})`;

/**
 * Seconds since the epoch: at the line's beginning, or (not `lineBegin`) also behind `[` there and after `audit(`.
 *
 * @param long also milli- and microseconds
 */
export function epochTemplate(lineBegin: boolean, long: boolean, options: DateTemplateOptions = {}): DateTemplate {
  const name = `${lineBegin ? '{^LN-BEG}' : ''}${long ? 'LEPOCH' : 'EPOCH'}`;
  const place = lineBegin ? '' : String.raw`(?:^|(?<=^\[)|(?<=\baudit\())`;
  const bounded = boundRegex(`(${place}${epochGroup(long)})`, lineBegin ? 'line' : 'word');
  const regex: DateRegex = lineBegin
    ? bounded
    : { regex: bounded.regex.replace(String.raw`(?=^|\b|\W)`, ''), anchored: false };
  return new DateTemplate(name, regex, { ...options, read: epochReader(long) });
}

/** A pattern around `{EPOCH}` or `{LEPOCH}`: group 1 is cut, or all of it where it has none; the seconds are read. */
export function epochPatternTemplate(pattern: string): DateTemplate {
  const long = /\{LEPOCH\}/i.test(pattern);
  const regex = pattern.replace(/\{L?EPOCH\}/i, () => epochGroup(long));
  return new DateTemplate(pattern, boundRegex(regex, 'word'), { read: epochReader(long) });
}

/** TAI64N labels as daemontools write them; the ten seconds between TAI and UTC are left alone, as fail2ban does. */
export function tai64nTemplate(lineBegin: boolean, options: DateTemplateOptions = {}): DateTemplate {
  const read: DateReader = (match) => ({
    kind: 'instant',
    timeMs: Number.parseInt((match.text(1) as string).slice(2, 17), 16) * 1000,
  });
  const bounded = boundRegex('(@[0-9a-f]{24})', lineBegin ? 'line' : 'word');
  const regex = lineBegin ? bounded : { regex: bounded.regex.replace(String.raw`(?=^|\b|\W)`, ''), anchored: false };
  return new DateTemplate(`${lineBegin ? '{^LN-BEG}' : ''}TAI64N`, regex, { ...options, read });
}

/** `{NONE}`: no date in the lines. */
export const noneTemplate = (): DateTemplate =>
  new DateTemplate('{NONE}', { regex: '^()', anchored: true }, { read: () => ({ kind: 'none' }) });
