import { compileFilter } from './compile-filter.ts';
import type { FilterSource } from './filter-source.ts';
import type { FilterOptions } from './options.ts';

const at = (value: string, line: number) => ({ value, place: { file: 'filter.d/door.conf', line } });

describe('compileFilter', () => {
  test('shows the regexes as they are searched, without empty ones', () => {
    const filter = compileFilter({ name: 'door', failRegex: ['', at('  ', 1), at('^<F-ID>\\d+</F-ID>$', 2)] });
    expect(filter.name).toBe('door');
    expect(filter.expanded.failRegex).toEqual(['^(?P<fid>\\d+)$']);
  });

  test('takes the filter’s own usedns, unless the options say otherwise', () => {
    const source: FilterSource = { failRegex: ['<HOST>'], useDns: 'no' };
    expect(compileFilter(source).expanded.failRegex[0]).not.toContain('dns');
    expect(compileFilter(source, { useDns: 'warn' }).expanded.failRegex[0]).toContain('dns');
  });

  test.each<[string, FilterSource, string, RegExp]>([
    [
      'no failregex',
      { name: 'door', failRegex: [''], place: { file: 'f', line: 1 } },
      'EMPTY',
      /^f:1: filter door has no failregex; write /,
    ],
    [
      'a failregex that names nobody',
      { failRegex: [at('ok <HOST>', 3), at('denied', 4)] },
      'NO_ID',
      /^filter\.d\/door\.conf:4: .*"denied".*; put <HOST>/,
    ],
    [
      'a failregex that does not compile',
      { failRegex: [at('<HOST>', 3), at('(<HOST>', 5)] },
      'SYNTAX',
      /^filter\.d\/door\.conf:5: failregex 2 of 2 does not compile: column 1: [^;]*, in "\(<HOST>"; [^;]*$/,
    ],
    [
      'an ignoreregex that does not compile',
      { failRegex: ['<HOST>'], ignoreRegex: [at('*', 6)] },
      'SYNTAX',
      /^filter\.d\/door\.conf:6: ignoreregex does not compile/,
    ],
    [
      'a prefregex that does not compile',
      { failRegex: ['<HOST>'], prefRegex: at('[', 7) },
      'SYNTAX',
      /^filter\.d\/door\.conf:7: prefregex does not compile/,
    ],
    [
      'a datepattern with an unknown token',
      { failRegex: ['<HOST>'], datePattern: at('%Q', 8) },
      'DATEPATTERN',
      /^filter\.d\/door\.conf:8: datepattern "%Q": unknown token %Q; /,
    ],
    [
      'too many lines',
      { failRegex: ['<HOST>'], maxLines: 1001, place: { file: 'f', line: 1 } },
      'OPTION',
      /^f:1: maxlines must be an integer from 1 to 1000, not 1001/,
    ],
    ['no whole number of lines', { failRegex: ['<HOST>'], maxLines: 1.5 }, 'OPTION', /maxlines must be/],
  ])('refuses %s, with file, line and cure', (_, source, code, message) => {
    expect(() => compileFilter(source)).toThrow(
      expect.objectContaining({ code: `ERR_FAIL2BAN_FILTER_${code}`, message: expect.stringMatching(message) }),
    );
  });

  test('is content with an id in the prefregex', () => {
    expect(() =>
      compileFilter({ prefRegex: '^<HOST> <F-CONTENT>.*</F-CONTENT>', failRegex: ['denied'] }),
    ).not.toThrow();
  });

  test.each<[FilterOptions, RegExp]>([
    [{ useDns: 'maybe' as 'no' }, /^useDns must be one of yes, warn, no, raw, not "maybe"/],
    [{ timeZone: 'Mars' }, /^timeZone is no time zone: "Mars"; write an offset/],
    [{ logTimezone: '?' }, /^logTimezone is no time zone/],
    [{ findTimeMs: -1 }, /^findTimeMs must be a number of at least 0, not -1/],
    [{ findTimeMs: Number.NaN }, /^findTimeMs must be/],
    [{ maxSessions: 1.5 }, /^maxSessions must be an integer of at least 1, not 1.5/],
    [{ sessionTimeMs: -1 }, /^sessionTimeMs must be/],
  ])('refuses the option %j', (options, message) => {
    expect(() => compileFilter({ failRegex: ['<HOST>'] }, options)).toThrow(message);
  });
});
