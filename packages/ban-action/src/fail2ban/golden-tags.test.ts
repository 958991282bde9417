import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../../tools/testing/fail2ban-corpus.ts';
import type { TagValue } from './dynamic-tags.ts';
import { fillIn } from './fill-in.ts';

type Info = Readonly<Record<string, string> & { 'F-*'?: Readonly<Record<string, string>> }>;
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
});
