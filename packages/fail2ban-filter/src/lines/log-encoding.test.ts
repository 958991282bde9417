import type { Failure } from '@sluice/pipeline';
import fc from 'fast-check';
import { compileFilter } from '../compile-filter.ts';
import { FilterGroup } from '../group/filter-group.ts';
import type { FilterOptions } from '../options.ts';
import { chunkOf } from '../testing/chunks.ts';
import { parseLogEncoding } from './log-encoding.ts';

const all = Uint8Array.from({ length: 256 }, (_, index) => index);

describe('parseLogEncoding', () => {
  test.each(['auto', 'AUTO', 'utf-8', 'UTF8', 'utf_8', 'u8'.replace('u', 'utf')])('%s is UTF-8', (name) => {
    expect(parseLogEncoding(name)).toBeUndefined();
  });

  test.each(['latin1', 'latin-1', 'iso-8859-1', 'ISO8859_1', 'L1'])(
    '%s is the character of the same number',
    (name) => {
      expect(parseLogEncoding(name)?.decode(all)).toBe(String.fromCharCode(...all));
    },
  );

  test.each([
    ['ascii', [0x41, 0xe9], 'A\ufffd'],
    ['cp1252', [0x80, 0xe9], '€é'],
    ['windows-1251', [0xcf], 'П'],
    ['koi8_r', [0xf0], 'П'],
    ['iso8859-15', [0xa4], '€'],
    ['ISO-8859-2', [0xb1], 'ą'],
    ['shift_jis', [0x83, 0x41], 'ア'],
    ['gbk', [0xc4, 0xe3], '你'],
  ])('%s reads %j as %s', (name, bytes, text) => {
    expect(parseLogEncoding(name)?.decode(Uint8Array.from(bytes))).toBe(text);
  });

  test.each(['utf-16', 'UTF_16LE', 'utf-16be', 'utf-32', 'klingon', ''])('refuses %j with a cure', (name) => {
    expect(() => parseLogEncoding(name)).toThrow(
      expect.objectContaining({
        code: 'ERR_FAIL2BAN_FILTER_OPTION',
        message: expect.stringMatching(/^encoding must be auto, or .*; write the name/),
      }),
    );
  });
});

describe('a log that is not UTF-8', () => {
  const source = { failRegex: ['^<F-USER>\\w+</F-USER> aus Zürich von <HOST>$'], datePattern: '{NONE}' };
  const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

  function read(bytes: Uint8Array, options: FilterOptions, offset = 0): Failure[] {
    const found: Failure[] = [];
    compileFilter(source, options).process(chunkOf(bytes, { offset }), (failure) => found.push(failure));
    return found;
  }

  const log = latin('Jürgen aus Zürich von 192.0.2.1\nÄÖÜ\n\nÉve aus Zürich von 192.0.2.2\nx\n');

  test.each([true, false])('is searched as the text that it is, with its own offsets (prefilter: %s)', (prefilter) => {
    const found = read(log, { encoding: 'latin-1', prefilter }, 1000);
    expect(found.map(({ offset, id, line, groups }) => [offset, id, line, groups['user']])).toEqual([
      [1000, '192.0.2.1', 'Jürgen aus Zürich von 192.0.2.1', 'Jürgen'],
      [1000 + 32 + 4 + 1, '192.0.2.2', 'Éve aus Zürich von 192.0.2.2', 'Éve'],
    ]);
    expect(read(log, { prefilter })).toEqual([]);
  });

  test('is searched the same in a group with others', () => {
    const filters = [{ encoding: 'latin-1' }, {}, { encoding: 'windows-1252' }].map((one) =>
      compileFilter(source, one),
    );
    const found: number[] = [];
    new FilterGroup(filters).process(chunkOf(log), (_, filter) => found.push(filter));
    expect(found.sort()).toEqual([0, 0, 2, 2]);
  });

  test('whatever it holds, has the lines and offsets that its bytes have', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => [...bytes]);
    const hit = [...latin('x aus Zürich von 192.0.2.1')];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bytes, fc.constant(hit), fc.constant([0x0a])), { maxLength: 12 }),
        fc.constantFrom('latin-1', 'ascii', 'windows-1251', 'gbk', 'shift_jis', 'euc-jp', 'big5'),
        (parts, encoding) => {
          const log = Uint8Array.from(parts.flatMap((part) => [...part, 0x0a]));
          const every = compileFilter(
            { failRegex: ['^<F-ID>.*</F-ID>$'], datePattern: '{NONE}' },
            { encoding, prefilter: false },
          );
          const offsets: number[] = [];
          if (log.length > 0) every.process(chunkOf(log), ({ offset }) => offsets.push(offset));
          const starts = [0, ...[...log.keys()].filter((at) => log[at] === 0x0a).map((at) => at + 1)].slice(0, -1);
          expect(starts).toEqual(expect.arrayContaining(offsets));
          expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
          const filled = starts.filter((start) => log[start] !== 0x0a && log[start] !== 0x0d);
          expect(offsets.length).toBeGreaterThanOrEqual(filled.length / 2);
        },
      ),
    );
  });
});
