import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import { corpusNowMs, corpusZone } from '../testing/corpus-time.ts';
import { DateDetector } from './date-detector.ts';
import type { DateTemplate } from './date-template.ts';
import { dateTokens } from './date-tokens.ts';
import { defaultTemplates } from './default-templates.ts';
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

describeWith([corpus], "fail2ban's dates", () => {
  const zone = parseTimeZone(corpusZone, 'timeZone', 'iana');

  test('has the same templates in the same order, with the same weight', () => {
    const theirs = corpusJson<Dates>('dates.json').default;
    const ours = defaultTemplates();
    expect(ours.map(({ anchored, weight }) => ({ anchored, weight }))).toEqual(
      theirs.map(({ flags, weight }) => ({ anchored: (flags & lineBoundary) !== 0, weight })),
    );
    for (const [index, { pattern, regex }] of theirs.entries())
      if (pattern !== null) expect(ours[index]?.regex).toBe(sameFlags(regex));
  });

  test('has the same tokens and zones', () => {
    const { tokens, zones } = corpusJson<Dates>('dates.json');
    expect(Object.fromEntries(dateTokens)).toEqual(tokens);
    for (const [name, minutes] of Object.entries(zones))
      if (name !== '' && name !== 'None')
        expect([name, zoneAbbreviations.get(name.toUpperCase())]).toEqual([name, minutes]);
  });

  test('reads the same time from each date text', () => {
    const templates = templatesByTheirName();
    const rows = corpusJson<{ template: string; text: string; epoch: number }[]>('date_texts.json');
    const wrong = rows.filter(({ template: name, text, epoch }) => {
      const template = templates.get(name);
      // The text is what was cut out: where that is a part, what stands before it is not known.
      const inner = /(?<!\\)\((?!\?)(.*)\)$/.exec(template?.name ?? '')?.[1];
      const found = [template === undefined ? [] : [template], inner === undefined ? [] : parseDatePattern(inner)]
        .map((candidates) => new DateDetector(candidates, zone).find(text, corpusNowMs)?.timeMs)
        .includes(epoch * 1000);
      return template === undefined || !found;
    });
    expect(wrong).toEqual([]);
    expect(rows).toHaveLength(662);
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
