import { compileFilter } from '../compile-filter.ts';
import type { FilterSource } from '../filter-source.ts';

/** For each line the id that it completes a failure of. */
function read(source: FilterSource, lines: readonly string[]): (string | undefined)[] {
  const filter = compileFilter({ datePattern: '{NONE}', ...source });
  return lines.map((line) => filter.processLine(line)?.id);
}

const door: FilterSource = {
  maxLines: 4,
  failRegex: ['^knock (?P<key>\\d+) from <HOST>$<SKIPLINES>^wrong (?P=key)$'],
};

describe('maxlines', () => {
  test.each<[string, string[], (string | undefined)[]]>([
    ['spans neighbours', ['knock 1 from 192.0.2.1', 'wrong 1'], [undefined, '192.0.2.1']],
    [
      'skips lines between',
      ['knock 1 from 192.0.2.1', 'x', 'y', 'wrong 1'],
      [undefined, undefined, undefined, '192.0.2.1'],
    ],
    ['forgets lines that are too far', ['knock 1 from 192.0.2.1', 'x', 'y', 'z', 'wrong 1'], Array(5).fill(undefined)],
    ['uses lines once', ['knock 1 from 192.0.2.1', 'wrong 1', 'wrong 1'], [undefined, '192.0.2.1', undefined]],
    [
      'keeps skipped lines for a failure of their own',
      ['knock 1 from 192.0.2.1', 'knock 2 from 192.0.2.2', 'wrong 1', 'wrong 2'],
      [undefined, undefined, '192.0.2.1', '192.0.2.2'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(read(door, lines)).toEqual(expected);
  });

  test('tells of all lines that matched, whole', () => {
    const filter = compileFilter({ maxLines: 3, failRegex: ['^ knock from <HOST>$<SKIPLINES>^ wrong$'] });
    const lines = ['knock from 192.0.2.1', 'x', 'wrong'].map((text) => `2026-11-23 10:00:00 ${text}`);
    expect(lines.map((line) => filter.processLine(line)?.matches)).toEqual([
      undefined,
      undefined,
      [lines[0], lines[2]],
    ]);
  });

  test('takes lines out that an ignoreregex matches', () => {
    const source = { ...door, ignoreRegex: ['wrong 1'] };
    expect(read(source, ['knock 1 from 192.0.2.1', 'wrong 1', 'wrong 1'])).toEqual([undefined, undefined, undefined]);
    expect(read(source, ['knock 2 from 192.0.2.1', 'wrong 2'])).toEqual([undefined, '192.0.2.1']);
  });

  test('asks few ignoreregexes about the window first', () => {
    const source = { ...door, failRegex: [...door.failRegex, 'A<HOST>', 'B<HOST>', 'C<HOST>'], ignoreRegex: ['^x$'] };
    expect(read(source, ['knock 1 from 192.0.2.1', 'x', 'wrong 1'])).toEqual([undefined, undefined, '192.0.2.1']);
  });

  test('drops all as long as a line that few ignoreregexes know is in the window', () => {
    const source = {
      ...door,
      maxLines: 2,
      failRegex: ['from <HOST>', 'A<HOST>', 'B<HOST>', 'C<HOST>'],
      ignoreRegex: ['ignore'],
    };
    const lines = ['ignore this', 'from 192.0.2.1', 'from 192.0.2.2'];
    expect(read(source, lines)).toEqual([undefined, undefined, '192.0.2.1']);
  });

  test('lets a prefregex see the whole window, and failregexes its content', () => {
    const source = { maxLines: 3, prefRegex: '^begin\\n<F-CONTENT>.*</F-CONTENT>$', failRegex: ['^from <HOST>$'] };
    expect(read(source, ['x', 'begin', 'from 192.0.2.1'])).toEqual([undefined, undefined, undefined]);
    expect(read(source, ['begin', 'from 192.0.2.1', 'from 192.0.2.2'])).toEqual([undefined, '192.0.2.1', undefined]);
  });
});
