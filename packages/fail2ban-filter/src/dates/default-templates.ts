import { dateRegex } from './date-regex.ts';
import { DateTemplate } from './date-template.ts';
import { epochTemplate, tai64nTemplate } from './special-templates.ts';

const lineBegin = '{^LN-BEG}';

/** How much more a date at the line's beginning counts than one anywhere. */
const lineBeginWeight = 100;

const clock = '%H:%M:%S';
const looseClock = '%k:%M:%S';
const fraction = String.raw`(?:\.%f)?`;
const anyFraction = '(?:[.,]%f)?';
const spacedZone = String.raw`(?:\s*%z)?`;
const separated = (separators: string, first: string, second: string, third: string): string =>
  `${first}(?P<_sep>[${separators}])${second}(?P=_sep)${third}`;
const daySeparator = '(?:T|  ?)';
const compactSeparator = '(?:-|T|  ?)';
const syslog = `(?:%a )?%b %d ${looseClock}${fraction}(?: %ExY)?`;

/** The dates that fail2ban 1.1 reads unasked, in the order it tries them; `EPOCH` and `TAI64N` stand for no tokens. */
const sources: readonly string[] = [
  separated('-/.', '%ExY', '%m', '%d') + daySeparator + clock + anyFraction + spacedZone,
  syslog,
  `(?:%a )?%b %d %ExY ${looseClock}${fraction}`,
  `${separated('-/', '%d', '%m', '(?:%ExY|%Exy)')} ${looseClock}`,
  `${separated('-/', '%d', '%b', '%ExY')}[ :]?${clock}${fraction}(?: %z)?`,
  `%m/%d/%ExY:${clock}`,
  `%m-%d-%ExY ${looseClock}${fraction}`,
  'EPOCH',
  `${lineBegin}${clock}`,
  `^<%m/%d/%Exy@${clock}>`,
  `%Exy%Exm%Exd  ?${clock}`,
  '%b %d, %ExY %I:%M:%S %p',
  `^%b-%d-%Exy ${looseClock}`,
  `%ExY%Exm%Exd${compactSeparator}%ExH:?%ExM:?%ExS${anyFraction}${spacedZone}`,
  `(?:%Z )?${syslog}`,
  `(?:%z )?${syslog}`,
  'TAI64N',
];

function template(
  source: string,
  atLineBegin: boolean,
  weight: number = atLineBegin ? lineBeginWeight : 1,
  isUsual: boolean = false,
): DateTemplate {
  const options = { weight, isUsual };
  if (source === 'EPOCH') return epochTemplate(atLineBegin, false, options);
  if (source === 'TAI64N') return tai64nTemplate(atLineBegin, options);
  const pattern = atLineBegin ? lineBegin + source : source;
  return new DateTemplate(pattern, dateRegex(pattern), options);
}

const hasOwnPlace = (source: string): boolean => source.startsWith('^') || source.startsWith(lineBegin);

let defaults: readonly DateTemplate[] | undefined;

/**
 * The templates of a detector that is given none: first those bound to the line's beginning, then those that match
 * anywhere. Compiled once, at the first call.
 */
export function defaultTemplates(): readonly DateTemplate[] {
  defaults ??= [
    ...sources.filter((source) => !hasOwnPlace(source)).map((source) => template(source, true, undefined, true)),
    ...sources.map((source) => template(source, false, undefined, true)),
  ];
  return defaults;
}

/** Templates without tokens, which can stand for `{DATE}` alone or at the line's beginning. */
const isWord = (source: string): boolean => source === 'EPOCH' || source === 'TAI64N';

/**
 * The defaults in the place of `{DATE}` in a pattern; one that cannot stand there (an anchor in mid-line) never matches.
 * `EPOCH` and `TAI64N` are among them only where `{DATE}` is all there is, or all but the line's beginning, as in fail2ban.
 */
export function embeddedTemplates(pattern: string): readonly DateTemplate[] {
  const [, begin] = /^(\^|\{\^LN-BEG\})?\{DATE\}$/i.exec(pattern) ?? [undefined, 'elsewhere'];
  return sources
    .map((source) => source.replace(lineBegin, ''))
    .filter((source) => begin !== 'elsewhere' || !isWord(source))
    .map((source) =>
      isWord(source)
        ? template(source, begin !== undefined, begin === '^' ? 1 : undefined)
        : template(
            pattern.replaceAll(/\{DATE\}/gi, () => source),
            false,
          ),
    );
}
