import fc from 'fast-check';
import { HeaderBlock } from './header-block.ts';

const all = (text: string): HeaderBlock => HeaderBlock.all(Buffer.from(text, 'latin1'));

test('finds headers by name in any case of letters, the first or all, in their order', () => {
  const headers = all('Received: a\nSubject: s\nreceived: b\nRECEIVED: c\n\n');
  expect(headers.first('ReCeived')).toBe('a');
  expect(headers.all('received')).toEqual(['a', 'b', 'c']);
  expect(headers.first('Receive')).toBeUndefined();
  expect(headers.all('x')).toEqual([]);
});

test.each(['\n', '\r\n'])('puts folded lines together, with line breaks of %j', (end) => {
  const headers = all(['Subject: one', '\ttwo', ' three', 'From: a', '', 'body', ''].join(end));
  expect(headers.first('subject')).toBe('one\ttwo three');
  expect(headers.first('from')).toBe('a');
});

test('takes blanks before the colon, an empty value, and a value that holds colons', () => {
  const headers = all('Subject \t: s\nEmpty:\nTime: 1:2\n\n');
  expect([headers.first('subject'), headers.first('empty'), headers.first('time')]).toEqual(['s', '', '1:2']);
});

test.each([
  ['an empty line', 'A: 1\n\nB: 2\n'],
  ['an empty line with CR LF', 'A: 1\r\n\r\nB: 2\r\n'],
  ['a line that is no header', 'A: 1\nbody begins here\nB: 2\n'],
  ['a line with a name that is none', 'A: 1\nB 2: x\nB: 2\n'],
])('ends at %s: what comes then is the body', (_, text) => {
  const headers = all(text);
  expect([headers.first('a'), headers.first('b')]).toEqual(['1', undefined]);
});

test.each(['From me@example.org Thu Jan  2 03:04:05 2020', '>From me@example.org'])(
  'passes over the line %j of an mbox before the first header, and only there',
  (line) => {
    expect(all(`${line}\nA: 1\n\n`).first('a')).toBe('1');
    expect(all(`A: 1\n${line}\nB: 2\n\n`).first('b')).toBeUndefined();
  },
);

test.each(['', '\n', 'no header\n', ' begins: with a blank\n', '\u0000\u0001: x\n', ': no name\n', '\u007fELF: 1\n'])(
  'finds no header in %j',
  (text) => {
    expect(all(text).found).toBe(0);
  },
);

test('a bare CR and a NUL are part of their line', () => {
  const headers = all('A: 1\rB: 2\nC: 3\u0000\n\n');
  expect([headers.first('a'), headers.first('b'), headers.first('c')]).toEqual(['1\rB: 2', undefined, '3\u0000']);
});

test('keeps a byte 0xa0 at the end of a value, which is part of a character', () => {
  expect(all('A: \u00c3\u00a0\n\n').first('a')).toBe('\u00c3\u00a0');
});

test('leaves out the last header where the text was cut, as it may go on', () => {
  const cut = HeaderBlock.all(Buffer.from('A: 1\nB: 2\n'), true);
  expect([cut.first('a'), cut.first('b'), cut.found]).toEqual(['1', undefined, 2]);
  expect(HeaderBlock.all(Buffer.from('A: 1\n\nB'), true).first('a')).toBe('1');
});

test('however few bytes are given, it asks for more or says the same as of all', () => {
  const line = fc.constantFrom(
    'A: 1',
    'Bc : 2',
    ' folded',
    '\t',
    '',
    'From me',
    'no header',
    'D:',
    'E: \r',
    '\r',
    '\u0000',
  );
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 });
  fc.assert(
    fc.property(lines, (pairs) => {
      const bytes = Buffer.from(`${pairs.map(([text, end]) => text + end).join('')}\n`);
      const whole = HeaderBlock.all(bytes);
      for (let length = 0; length <= bytes.length; length += 1) {
        const some = HeaderBlock.begin(bytes.subarray(0, length));
        if (some === undefined) continue;
        expect(some.found).toBe(whole.found);
        for (const name of ['a', 'bc', 'd', 'e']) expect(some.all(name)).toEqual(whole.all(name));
      }
    }),
  );
});

test('a hundred thousand headers, a header of ten megabytes and one of a million folds are no trouble', () => {
  expect(all(`${'A: 1\n'.repeat(100_000)}B: 2\n\n`).first('b')).toBe('2');
  expect(all(`A: ${'x '.repeat(5_000_000)}\nB: 2\n\n`).first('b')).toBe('2');
  expect(all(`A:${'\n x'.repeat(1_000_000)}\n\n`).first('a')).toHaveLength(1_999_999);
  expect(all(`A:${' '.repeat(1_000_000)}x${' '.repeat(1_000_000)}\n\n`).first('a')).toBe('x');
  expect(all('x'.repeat(10_000_000)).found).toBe(0);
});
