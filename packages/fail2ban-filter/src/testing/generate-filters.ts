import fc from 'fast-check';
import { dateForms, usualDates } from './date-forms.ts';
import type { FilterQuestion } from './fail2ban-oracle.ts';

/** A part of a regex, and texts that it matches or nearly matches. */
interface Part {
  readonly regex: string;
  readonly texts: readonly string[];
}

const hosts = [
  '192.0.2.7',
  '198.51.100.200',
  '2001:DB8::7',
  '[2001:db8:0:0::8]',
  '::ffff:192.0.2.9',
  '::1',
  '::',
  'fe80::',
  'two.example',
  'no-such-host',
  '192.0.2.300',
  'x',
];

const plain: readonly Part[] = [
  { regex: 'failed', texts: ['failed', 'FAILED', 'fail'] },
  { regex: '(?:failed|denied)', texts: ['failed', 'denied'] },
  { regex: String.raw`\d+`, texts: ['1', '22', 'x'] },
  { regex: String.raw`\[\d+\]`, texts: ['[1]', '[22]', '[]'] },
  { regex: String.raw`\S+`, texts: ['a', 'b:', 'ä'] },
  { regex: String.raw`\w*`, texts: ['', 'abc', 'ß_'] },
  { regex: '.*', texts: ['', 'x y', 'from 203.0.113.9'] },
  { regex: '.*?', texts: ['', 'x y'] },
  { regex: '[^"]*', texts: ['', 'x', '"'] },
  { regex: '"(?:GET|POST) [^"]+"', texts: ['"GET /"', '"POST /x y"', '"GET'] },
  { regex: '(?:port )?', texts: ['', 'port '] },
  { regex: '((?i)Error)', texts: ['error', 'ERROR', 'err'] },
  { regex: '(?!root)[a-z]+', texts: ['bob', 'root', 'rooted'] },
  { regex: '(?=b)[a-z]+', texts: ['bob', 'eve'] },
  { regex: '(?:user )?(?:x{1,3})', texts: ['user xx', 'x', 'xxxx'] },
  { regex: String.raw`\b(?:no|yes)\b`, texts: ['no', 'yes', 'nope'] },
];

const named = (name: string): readonly Part[] => [
  { regex: `<F-${name}>\\w+</F-${name}>`, texts: ['bob', 'eve', '-'] },
  { regex: `<F-${name}>[^ ]*</F-${name}>`, texts: ['bob', '', 'a b'] },
  { regex: `<F-${name}>\\S+|.*?</F-${name}>`, texts: ['bob', 'a b'] },
  { regex: `(?:for <F-${name}>\\w+</F-${name}>)?`, texts: ['for eve', ''] },
];

const host: readonly Part[] = [
  ...['<HOST>', '<ADDR>', '<IP4>', '<IP6>', '<SUBNET>', '<DNS>', '<F-IP4/>'].map((regex) => ({ regex, texts: hosts })),
  { regex: '<SUBNET>', texts: ['192.0.2.7/24', '2001:db8::7/33', '192.0.2.7/32', '192.0.2.7'] },
  { regex: '<ADDR>/<CIDR>', texts: ['192.0.2.7/24', '2001:db8::7/33', '::1/128'] },
  { regex: '<F-ID/>', texts: ['bob', '192.0.2.7', '2001:DB8::7', 'a-b'] },
  { regex: '<F-ID>\\w+</F-ID> <HOST>', texts: ['bob 192.0.2.7', 'eve 2001:db8::7', 'bob x'] },
  { regex: '<F-ID><F-WHO>\\w+</F-WHO>@<ADDR></F-ID>', texts: ['bob@192.0.2.7', 'eve@::1'] },
  { regex: '<HOST>(?::<F-PORT/>)?', texts: ['192.0.2.7:22', '192.0.2.7', '[::1]:22'] },
  { regex: '(?:<IP4>|<IP6>)', texts: hosts },
];

const between = [' ', ' ', ' from ', ': ', ', '];
/** A regex with the seams that lines are made of. */
interface Rule {
  readonly regex: string;
  readonly pieces: readonly (readonly string[])[];
}

const oneOf = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);

function rule(
  parts: fc.Arbitrary<Part>,
  must: readonly Part[] | undefined,
  end: readonly string[],
): fc.Arbitrary<Rule> {
  return fc
    .record({
      parts: fc.array(parts, { minLength: 1, maxLength: 3 }),
      host: must === undefined ? fc.constant(undefined) : oneOf(...must),
      at: fc.nat(3),
      gaps: fc.array(oneOf(...between), { minLength: 5, maxLength: 5 }),
      begin: oneOf('^', '^ ?', '^\\s*', ''),
      end: oneOf(...end),
    })
    .map(({ parts, host, at, gaps, begin, end }) => {
      // A name may be given to one group of a regex only.
      const names = new Set<string>();
      const once = parts.filter(({ regex }) => {
        const name = /<F-(\w+)>/.exec(regex)?.[1] ?? '';
        const isNew = name === '' || !names.has(name);
        names.add(name);
        return isNew;
      });
      const all = host === undefined ? once : [...once.slice(0, at), host, ...once.slice(at)];
      const seams = gaps.slice(0, all.length - 1);
      const regex = all.map((part, index) => part.regex + (seams[index] ?? '')).join('');
      const pieces = all.flatMap((part, index) => [part.texts, [seams[index] ?? '']]);
      return { regex: begin + regex + end, pieces };
    });
}

const groups = [
  ...plain,
  ...plain,
  ...named('METHOD'),
  ...named('ALT_METHOD'),
  ...named('ALT_METHOD_1'),
  { regex: '<F-TUPLE_KEY>\\w+</F-TUPLE_KEY>', texts: ['k1', 'k2'] },
];
const sessionGroups = [
  ...groups,
  { regex: '<F-NOFAIL>knock</F-NOFAIL>', texts: ['knock'] },
  { regex: '<F-MLFGAINED>opened</F-MLFGAINED>', texts: ['opened'] },
  { regex: '<F-MLFFORGET>left</F-MLFFORGET>', texts: ['left', 'stays'] },
  { regex: '<F-USER>\\w+</F-USER>', texts: ['bob', 'eve'] },
];

const ends = ['$', '', '\\s*$', '\\b'];

interface Shape {
  readonly rules: readonly Rule[];
  readonly ignore: readonly string[];
  readonly prefix: { readonly regex: string; readonly texts: readonly string[] } | undefined;
  readonly maxLines: number;
}

const sessionPrefix = {
  regex: '^\\s*<F-MLFID>app\\[\\d+\\]</F-MLFID>: <F-CONTENT>.+</F-CONTENT>$',
  texts: ['app[1]: ', 'app[1]: ', 'app[2]: ', 'app: '],
};
const plainPrefix = {
  regex: '^\\s*(?P<host>\\w+) app: <F-CONTENT>.*</F-CONTENT>$',
  texts: ['h app: ', 'h app: ', 'h x: '],
};

const ignores = ['bob', '^ *failed', 'eve$', '<HOST>/24', 'h app'];

const shapes: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({
    rules: fc.array(rule(oneOf(...groups, ...named('USER')), host, ends), { minLength: 1, maxLength: 5 }),
    ignore: fc.array(oneOf(...ignores), { maxLength: 2 }),
    prefix: oneOf(undefined, plainPrefix),
    maxLines: fc.constant(1),
  }),
  fc.record({
    rules: fc.array(
      fc.oneof(rule(oneOf(...sessionGroups), host, ends), rule(oneOf(...sessionGroups), undefined, ends)),
      { minLength: 1, maxLength: 5 },
    ),
    ignore: fc.array(oneOf(...ignores), { maxLength: 1 }),
    prefix: fc.constant(sessionPrefix),
    maxLines: fc.constant(1),
  }),
  fc.record({
    rules: fc.array(
      fc
        .tuple(
          rule(oneOf(...plain), host, ['$', '']),
          oneOf('<SKIPLINES>', '\\n'),
          rule(oneOf(...plain), undefined, ['$', '']),
        )
        .map(([first, skip, second]) => ({
          regex: first.regex + skip + second.regex,
          pieces: [...first.pieces, ['\n', '\n'], ...second.pieces],
        })),
      { minLength: 1, maxLength: 4 },
    ),
    ignore: fc.array(oneOf(...ignores), { maxLength: 1 }),
    prefix: oneOf(undefined, undefined, plainPrefix),
    maxLines: fc.integer({ min: 2, max: 5 }),
  }),
);

/** Lines for a rule: its pieces with texts that match or nearly do. */
const textsOf = ({ pieces }: Rule): fc.Arbitrary<string> =>
  fc.tuple(...pieces.map((texts) => oneOf(...texts))).map((parts) => parts.join(''));

function linesOf({ rules, prefix }: Shape, dates: readonly string[]): fc.Arbitrary<readonly string[]> {
  const text = fc.oneof(...rules.map(textsOf), oneOf('', 'noise', 'bob left', '  '));
  const line = fc
    .tuple(oneOf(...dates), oneOf(...(prefix?.texts ?? [''])), text)
    .map(([date, prefix, text]) => text.split('\n').map((one) => date + prefix + one));
  return fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.flat());
}

/** Random filters of fail2ban's tags, and logs for them. */
export const filterQuestions: fc.Arbitrary<FilterQuestion> = fc
  .tuple(shapes, oneOf(...dateForms))
  .chain(([shape, { pattern, texts }]) =>
    fc
      .record({
        lines: linesOf(shape, [...texts, ...texts, ...usualDates]),
        zone: oneOf(undefined, undefined, 'UTC', 'EST', '+0530', 'UTC-02:00'),
        useDns: oneOf('yes' as const, 'yes' as const, 'no' as const, 'raw' as const),
        mode: oneOf('test' as const, 'restore' as const, 'live' as const),
      })
      .map(({ zone, mode, ...rest }) => ({
        failRegex: shape.rules.map(({ regex }) => regex),
        ignoreRegex: shape.ignore,
        prefRegex: shape.prefix?.regex,
        maxLines: shape.maxLines,
        datePattern: pattern,
        ...rest,
        // A time without a day, or a day without a year, in a zone of its own is off in fail2ban where the days of the two
        // zones differ.
        logTimezone: pattern === undefined || pattern.includes('%Y') ? zone : undefined,
        // Of old and undated lines in a window fail2ban counts some again with the next line.
        mode: shape.maxLines > 1 && mode === 'restore' ? ('test' as const) : mode,
      })),
  );
