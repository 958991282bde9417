import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../../tools/testing/fail2ban-corpus.ts';
import { parseDuration } from './parse-duration.ts';
import { parseOptionList } from './parse-option-list.ts';
import { splitOptionLists } from './split-option-lists.ts';
import { splitWords } from './split-words.ts';

interface Rows {
  readonly extractOptions: [string, [string, Record<string, string>] | { error: string }][];
  readonly splitWithOptions: [string, string[]][];
  readonly splitwords: [string, string[]][];
}

const attempt = <T>(read: () => T): T | 'error' => {
  try {
    return read();
  } catch {
    return 'error';
  }
};

describeWith([corpus], 'the notations of fail2ban', () => {
  const newer = (what: string) =>
    /\?\w+=/.test(what)
      ? 'later releases take a condition in the name of an argument, name?family=inet6=value, and so do we'
      : undefined;
  const lists = new Conformance('optsyntax.json', newer);
  const times = new Conformance('str2sec.json');

  test('of lists of options are read alike', () => {
    const { extractOptions, splitWithOptions, splitwords } = corpusJson<Rows>('optsyntax.json');
    for (const [text, wanted] of extractOptions) {
      const ours = attempt(() => {
        const { name, options } = parseOptionList(text);
        return [name, Object.fromEntries(options.map((option) => [option.name, option.value]))];
      });
      // fail2ban keeps a blank before the bracket, and then looks for a file with a blank in its name.
      lists.row(text, ours, Array.isArray(wanted) ? [wanted[0].trim(), wanted[1]] : 'error');
    }
    for (const [text, wanted] of splitWithOptions) {
      const ours = splitOptionLists(text).map((item) => item.text);
      lists.row(
        text,
        ours,
        wanted.map((item) => item.trim()),
      );
    }
    for (const [text, wanted] of splitwords) lists.row(text, splitWords(text), wanted);
    lists.expectAll(40);
  });

  test('of times are read alike', () => {
    const rows = Object.entries(corpusJson<Record<string, number | { error: string }>>('str2sec.json'));
    for (const [text, wanted] of rows) {
      const ours = attempt(() => parseDuration(text));
      times.row(text, ours, typeof wanted === 'number' ? wanted : 'error');
    }
    times.expectAll(54);
  });
});
