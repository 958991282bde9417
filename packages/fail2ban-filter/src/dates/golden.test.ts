import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import { corpusNowMs, corpusZone } from '../testing/corpus-time.ts';
import { knownDifference } from '../testing/known-difference.ts';
import { DateDetector } from './date-detector.ts';
import { expandTokens } from './date-regex.ts';
import type { DateTemplate } from './date-template.ts';
import { defaultTemplates } from './default-templates.ts';
import { exactYear } from './exact-year.ts';
import { parseDatePattern } from './parse-date-pattern.ts';
import { parseTimeZone } from './time-zone.ts';
import { zoneAbbreviations } from './zone-abbreviations.ts';

interface Dates {
  readonly default: {
    readonly pattern: string | null;
    readonly regex: string;
    readonly flags: number;
    weight: number;
  }[];
  readonly tokens: Readonly<Record<string, string>>;
  readonly zones: Readonly<Record<string, number>>;
}

/** fail2ban marks regexes that read names with `(?iu)`; for strings the `u` says nothing. */
const sameFlags = (regex: string): string => regex.replace('(?iu)', '(?i)');

const lineBoundary = 8 | 4;

/** The tables hold years of the time they were made at. */
const madeAtMs = Date.UTC(2026, 10, 23);

const thenOf = (regex: string): string => regex.replaceAll(exactYear(Date.now()), exactYear(madeAtMs));

describeWith([corpus], "fail2ban's dates", () => {
  const zone = parseTimeZone(corpusZone, 'timeZone', 'iana');

  const ofTables = new Conformance('dates.json', knownDifference('dates.json'));
  const ofTexts = new Conformance('date_texts.json', knownDifference('date_texts.json'));

  test('has the same templates in the same order, tokens and zones', () => {
    const { default: theirs, tokens, zones } = corpusJson<Dates>('dates.json');
    const ours = defaultTemplates();
    expect(ours).toHaveLength(theirs.length);
    for (const [index, { pattern, regex, flags, weight }] of theirs.entries()) {
      const template = ours[index];
      const shared = { anchored: (flags & lineBoundary) !== 0, weight };
      ofTables.row(
        `template ${index}`,
        {
          anchored: template?.anchored,
          weight: template?.weight,
          ...(pattern && { regex: template && thenOf(template.regex) }),
        },
        { ...shared, ...(pattern && { regex: sameFlags(regex) }) },
      );
    }
    for (const [name, regex] of Object.entries(tokens))
      ofTables.row(`token ${name}`, thenOf(expandTokens(`%${name}`)), regex);
    for (const [name, minutes] of Object.entries(zones))
      if (name !== '' && name !== 'None')
        ofTables.row(`zone ${name}`, zoneAbbreviations.get(name.toUpperCase()), minutes);
    ofTables.expectAll(31 + 40 + 222);
  });

  test('reads the same time from each date text', () => {
    const templates = templatesByTheirName();
    const rows = corpusJson<{ template: string; text: string; epoch: number }[]>('date_texts.json');
    for (const { template: name, text, epoch } of rows) {
      const template = templates.get(name);
      // The text is what was cut out: where that is a part, what stands before it is not known.
      const inner = /(?<!\\)\((?!\?)(.*)\)$/.exec(template?.name ?? '')?.[1];
      const times = [template === undefined ? [] : [template], inner === undefined ? [] : parseDatePattern(inner)].map(
        (candidates) => new DateDetector(candidates, zone).find(text, corpusNowMs)?.timeMs,
      );
      ofTexts.row(
        `${name}: ${text}`,
        times.find((time) => time === epoch * 1000),
        epoch * 1000,
      );
    }
    ofTexts.expectAll(662);
  });
});

/** What fail2ban calls the tokens in its templates' names. */
const words: Readonly<Record<string, string>> = {
  Y: 'Year',
  y: 'Year2',
  m: 'Month',
  d: 'Day',
  b: 'MON',
  a: 'DAY',
  H: '24hour',
  I: '12hour',
  M: 'Minute',
  S: 'Second',
  f: 'Microseconds',
  p: 'AMPM',
  z: 'Zone offset',
  Z: 'Zone name',
};

const theirName = (pattern: string): string =>
  pattern
    .replace(/EPOCH$/, 'Epoch')
    .replaceAll(/%(Ex)?([a-zA-Z])/g, (token, exact: string | undefined, letter: string) =>
      words[letter] === undefined ? token : `${exact ?? ''}${words[letter]}`,
    );

function templatesByTheirName(): ReadonlyMap<string, DateTemplate> {
  const patterns = corpusLines<{ datepattern: string | null }>('filters.jsonl').map(({ datepattern }) => datepattern);
  const all = [...new Set(patterns)].flatMap((pattern) =>
    pattern === null ? defaultTemplates() : parseDatePattern(pattern),
  );
  return new Map(all.map((template) => [theirName(template.name), template]));
}
