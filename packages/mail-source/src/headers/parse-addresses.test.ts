import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { parseAddresses } from './parse-addresses.ts';

const pairs = (raw: string): string[] => parseAddresses(raw).map(({ name, address }) => `${name}|${address}`);

test.each([
  ['Jane Doe <jane@example.org>', ['Jane Doe|jane@example.org']],
  ['jane@example.org', ['|jane@example.org']],
  ['<jane@example.org>', ['|jane@example.org']],
  ['jane@example.org (Jane (the) Doe)', ['Jane (the) Doe|jane@example.org']],
  ['"Doe, Jane" <jane@example.org>, John <john@x.y>', ['Doe, Jane|jane@example.org', 'John|john@x.y']],
  ['"Jane \\"J\\" Doe" <jane@x.y>', ['Jane "J" Doe|jane@x.y']],
  ['=?utf-8?Q?Doe=2C_J=C3=BCrgen?= <j@x.y>', ['Doe, Jürgen|j@x.y']],
  ['=?utf-8?Q?evil=40x.y_=3Cboss=40x.y=3E?= <real@x.y>', ['evil@x.y <boss@x.y>|real@x.y']],
  ['"boss@x.y" <real@x.y>', ['boss@x.y|real@x.y']],
  ['boss@x.y <real@x.y>', ['boss@x.y|real@x.y']],
  ['Team: a@x.y, B <b@x.y>;, c@x.y', ['|a@x.y', 'B|b@x.y', '|c@x.y']],
  ['undisclosed-recipients:;', []],
  ['<@relay,@other:jane@x.y>', ['|jane@x.y']],
  ['root', ['|root']],
  ['MAILER-DAEMON (Mail System)', ['Mail System|MAILER-DAEMON']],
  ['Jane Doe jane@x.y', ['Jane Doe|jane@x.y']],
  ['Jane Doe', ['Jane Doe|']],
  ['"Jane"', ['Jane|']],
  ['"a b"@x.y', ['|"a b"@x.y']],
  ['jane@x.y; john@x.y', ['|jane@x.y', '|john@x.y']],
  ['J\u00fcrgen <j@x.y>', ['Jürgen|j@x.y']],
  ['Jane <jane@x.y', ['Jane|jane@x.y']],
  ['Jane <jane@x.y, john@x.y', ['Jane|jane@x.y', '|john@x.y']],
  ['"Jane <jane@x.y>', ['Jane <jane@x.y>|']],
  ['', []],
  [',,;', []],
  ['(only a comment)', []],
])('%s', (raw, addresses) => {
  expect(pairs(raw)).toEqual(addresses);
});

test('whatever the bytes, there are addresses on one line each', () => {
  const chars = fc.string({ unit: fc.constantFrom(...'ab@.,;:<>()"\\ =?\u0000\n\u00fc'), maxLength: 60 });
  fc.assert(
    fc.property(chars, (raw) => {
      for (const { name, address } of parseAddresses(raw)) {
        expect(`${name}${address}`).not.toMatch(/\p{Cc}/u);
        expect(name !== '' || address !== '' || raw.includes('<') || raw.includes('"') || raw.includes('\u0000')).toBe(
          true,
        );
      }
    }),
  );
});

test.each(['a@b,', '<', '"', '(', '<a', '"a",', '(a)', '\\', ':', '<,"', 'a b ', '=?utf-8?Q?a?= ', '<"', '("'])(
  'a megabyte of %j takes no longer than it must',
  (piece) => {
    expect(parseAddresses(piece.repeat(300_000)).length).toBeLessThanOrEqual(300_001);
  },
);

describeWith([python], 'against Python', () => {
  test('thousands of lists of well-formed addresses come out the same', () => {
    const atom = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 6 });
    const address = fc.tuple(atom, atom).map(([left, right]) => `${left}@${right}.org`);
    const quoted = fc
      .string({ unit: fc.constantFrom(...'ab ,<>@:;()'), minLength: 1, maxLength: 8 })
      .map((text) => `"${text}"`);
    const phrase = fc.array(atom, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const mailbox = fc.oneof(
      address,
      address.map((one) => `<${one}>`),
      fc.tuple(phrase, address).map(([name, one]) => `${name} <${one}>`),
      fc.tuple(quoted, address).map(([name, one]) => `${name} <${one}>`),
      fc.tuple(address, phrase).map(([one, name]) => `${one} (${name})`),
    );
    const group = fc
      .tuple(phrase, fc.array(mailbox, { maxLength: 3 }))
      .map(([name, list]) => `${name}: ${list.join(', ')};`);
    const list = fc.array(fc.oneof(mailbox, group), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(',\n\t'));
    const headers = fc.sample(list, { numRuns: 2000, seed: 3 });
    const theirs = askPython<string[][]>(
      `
from email.utils import getaddresses
json.dump([['%s|%s' % pair for pair in getaddresses([value]) if any(pair)] for value in json.load(sys.stdin)], sys.stdout)
`,
      headers,
    );
    const squeeze = (texts: readonly string[]): string[] =>
      texts.map((text) => text.replace(/\s+/g, ' ').replace(/^ | (?=\|)/g, ''));
    expect(headers.map((value) => squeeze(pairs(value)))).toEqual(theirs.map(squeeze));
  });
});
