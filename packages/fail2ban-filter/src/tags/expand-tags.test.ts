import type { UseDns } from '@sluice/fail2ban-config';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';

import { expandTags } from './expand-tags.ts';

describe('expandTags', () => {
  test.each([
    ['<F-USER>\\S+</F-USER>', '(?P<user>\\S+)'],
    ['<F-ID>\\d+</F-ID>', '(?P<fid>\\d+)'],
    ['<F-ID/> <F-PORT/>', '(?P<fid>\\S+) (?P<fport>\\w+)'],
    ['<F-ALT_USER_1>a|b</F-ALT_USER_1>', '(?P<alt_user_1>a|b)'],
    ['<SKIPLINES>x<SKIPLINES>', '\\n(?P<skiplines0>(?:(?:.*\\n)*?))x\\n(?P<skiplines1>(?:(?:.*\\n)*?))'],
  ])('writes %s as %s', (tagged, regex) => {
    expect(expandTags(tagged, 'warn')).toBe(regex);
  });

  test.each(['<HOST/>', '</F-USER>', 'a</F-IP4>', '<F-UNKNOWN/>', '<lower>', '<f-id/>', '<F-a>', '<->', '<a b>'])(
    'leaves %s as text',
    (text) => {
      expect(expandTags(text, 'warn')).toBe(text);
    },
  );

  test.each([
    ['((?i)abc)', '(?i:abc)'],
    ['(?:(?i)a(b)c)', '(?i:a(b)c)'],
    ['(?:(?is)a)', '(?is:a)'],
    ['(?i)abc', '(?i)abc'],
  ])('gives the flags of %s their group', (old, scoped) => {
    expect(expandTags(old, 'no')).toBe(scoped);
  });

  test('lets <HOST> match a name unless names are out', () => {
    for (const useDns of ['yes', 'warn', 'raw'] as const) expect(expandTags('<HOST>', useDns)).toContain('(?P<dns>');
    expect(expandTags('<HOST>', 'no')).toBe(expandTags('<ADDR>', 'no'));
  });

  testWith([corpus], 'expands every stock filter as fail2ban 1.0.2 does, save that :: is an address as in 1.1', () => {
    interface Regexes {
      readonly failregex: string[];
      readonly ignoreregex: string[];
      readonly prefregex: string | null;
    }
    type Row = Regexes & { expanded: Regexes & { failregex_usedns_no: string[] } };
    const rows = corpusLines<Row>('filters.jsonl');
    const all = (regexes: string[], useDns: UseDns): string[] =>
      regexes.map((regex) => expandTags(regex, useDns).replaceAll('::?|:){1,7}', '::?|::){1,7}'));
    for (const { failregex, ignoreregex, prefregex, expanded } of rows) {
      expect(all(failregex, 'warn')).toEqual(expanded.failregex);
      expect(all(failregex, 'no')).toEqual(expanded.failregex_usedns_no);
      expect(all(ignoreregex, 'warn')).toEqual(expanded.ignoreregex);
      if (prefregex !== null) expect(all([prefregex], 'warn')).toEqual([expanded.prefregex]);
    }
    expect(rows).toHaveLength(224);
  });
});
