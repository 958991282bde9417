import { memoryFiles } from '../memory-files.ts';
import { readFilter } from './read-filter.ts';

const files = memoryFiles({
  '/f/filter.d/x.conf': [
    '[INCLUDES]',
    'before = common.conf',
    '[Definition]',
    'failregex = ^<pre>one <HOST>$',
    '            %(more)s',
    '',
    '            <mode-<mode>>',
    'more = ^two <HOST> %(known/tail)s',
    '       ^three <HOST>',
    'mode-normal =',
    'mode-hard = ^hard <HOST> <size>',
    'tail = b',
    'ignoreregex =',
    'datepattern = {^LN-BEG}',
    '              {DATE}',
    'journalmatch = _A=1 + _B="2 3"',
    '               _C=4',
    '[Init]',
    'size = 5',
    'maxlines = 3',
  ].join('\n'),
  '/f/filter.d/common.conf':
    '[DEFAULT]\nmode = normal\npre = <lt_<logtype>/pre>\n[lt_file]\npre = F:\n[lt_journal]\npre = J:\n[Definition]\ntail = a\n',
  '/f/filter.d/own.local': '[Definition]\nusedns = RAW\nprefregex = ^x <F-CONTENT>.+</F-CONTENT>$\nlogtype = journal\n',
  '/f/filter.d/empty.conf': '[definition]\nfailregex = x\n',
  '/f/filter.d/broken.conf': '[Definition]\nfailregex\n',
});
const read = (name: string) => readFilter(files, '/f', name);
const regexes = (name: string) => read(name).failRegex.map(({ value, place }) => [value, place.line]);

describe('readFilter', () => {
  test('resolves references and tags, and leaves the tags of regular expressions', () => {
    expect(read('x')).toEqual({
      name: 'x',
      failRegex: [
        { value: '^F:one <HOST>$', place: { file: '/f/filter.d/x.conf', line: 4 } },
        { value: '^two <HOST> a', place: { file: '/f/filter.d/x.conf', line: 8 } },
        { value: '^three <HOST>', place: { file: '/f/filter.d/x.conf', line: 9 } },
      ],
      ignoreRegex: [],
      datePattern: { value: '{^LN-BEG}\n{DATE}', place: { file: '/f/filter.d/x.conf', line: 14 } },
      maxLines: 3,
      journalMatch: ['_A=1 + _B="2 3"', '_C=4'],
      place: { file: '/f/filter.d/x.conf', line: 3 },
    });
  });

  test('puts what is passed before [Init], and that before [Definition] and [DEFAULT]', () => {
    expect(regexes('x[mode=hard, size=7]').at(-1)).toEqual(['^hard <HOST> 7', 11]);
    expect(regexes('x[mode=hard, size="<known/size>+1"]').at(-1)).toEqual(['^hard <HOST> 5+1', 11]);
    expect(regexes('x[failregex="^a\n^b", logtype=journal]')).toEqual([
      ['^a', 1],
      ['^b', 1],
    ]);
    expect(regexes('x[logtype=journal]')[0]).toEqual(['^J:one <HOST>$', 4]);
  });

  test('reads a filter that is only .local', () => {
    expect(read('own')).toMatchObject({
      useDns: 'raw',
      prefRegex: { value: '^x <F-CONTENT>.+</F-CONTENT>$' },
      failRegex: [],
    });
  });

  test.each([
    ['nope', 'there is no filter "nope" in /f/filter.d; correct the name, or add nope.conf'],
    [
      'x[mode',
      'the closing ] is missing in "x[mode"; write it as name[option=value, option="value"], without white around =',
    ],
    ['empty', '/f/filter.d/empty.conf:1: the filter has no section [Definition]; add it, or name another filter'],
    [
      'broken',
      '/f/filter.d/broken.conf:2: "failregex" is neither a section nor an option; write option = value, or indent it to continue the value above',
    ],
    ['x[maxlines=0]', '<argument>:1: maxlines must be a whole number of at least 1, not "0"; write maxlines = 5'],
    ['x[usedns=maybe]', '<argument>:1: usedns must be yes, warn, no or raw, not "maybe"; write usedns = warn'],
  ])('refuses %s', (name, message) => {
    expect(() => read(name)).toThrow(message);
  });

  test('gives frozen data', () => {
    const filter = read('x');
    for (const part of [filter, filter.failRegex, filter.failRegex[0], filter.failRegex[0]?.place, filter.journalMatch])
      expect(Object.isFrozen(part)).toBe(true);
  });
});
