import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../../tools/testing/fail2ban-corpus.ts';
import type { TagValue } from './dynamic-tags.ts';
import { fillIn } from './fill-in.ts';

type Info = Readonly<Record<string, string> & { 'F-*'?: Readonly<Record<string, string>> }>;
type EscapeRow = readonly [value: string, expected: string];
type Row = readonly [command: string, info: Info, expected: string | readonly string[]];

/** A tag's value as fail2ban's own tests give it. */
const valueIn =
  (info: Info) =>
  (tag: string): TagValue | undefined => {
    const group = /^F-(.+)$/.exec(tag)?.[1]?.toLowerCase();
    if (group !== undefined) return { variable: `F_${group}`, value: info['F-*']?.[group] ?? '' };
    const value = info[tag];
    return value === undefined ? undefined : { variable: tag, value };
  };

const isSpecial = (value: string): boolean => /[^\p{L} ]/u.test(value);

describeWith([corpus], 'the tags of a command', () => {
  const conformance = new Conformance('tags.json: replaceDynamicTags');

  it('are filled in as fail2ban fills them in', () => {
    const rows = corpusJson<{ replaceDynamicTags: readonly Row[] }>('tags.json').replaceDynamicTags;
    for (const [command, info, expected] of rows) {
      const { script, values } = fillIn(command, valueIn(info));
      conformance.row(command, values.length === 0 ? script : [script, ...values], expected);
    }
    conformance.expectAll(6);
  });

  // fail2ban's rule for values that go into the script itself; here none goes there that would have to be escaped.
  const reason = 'values with special characters reach the shell as arguments; nothing is escaped';
  const escaped = new Conformance('tags.json: escapeTag', (value) => (isSpecial(value) ? reason : undefined));

  it('stand in the script as fail2ban writes them there, unless they would have to be escaped', () => {
    const rows = corpusJson<{ escapeTag: readonly EscapeRow[] }>('tags.json').escapeTag;
    for (const [value, expected] of rows) {
      const { script, values } = fillIn('<value>', valueIn({ value }));
      escaped.row(value, script, expected);
      expect(values).toEqual(isSpecial(value) ? [value] : []);
    }
    expect(escaped.result.known).toHaveLength(1);
    escaped.expectAll(4);
  });
});
