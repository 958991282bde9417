import { PatternSet } from '../pattern-set.ts';

const literalsOf = (source: string, dialect: 'python' | 'literal' = 'python'): readonly string[] | undefined =>
  PatternSet.compile([source], { dialect }).patterns[0]?.literals;

describe('required literals', () => {
  test.each([
    ['Failed password', ['Failed password']],
    ['^\\s*Failed \\S+ for \\d+', ['Failed ']],
    ['/(?:help_us|contact|\\*)\\.php', ['/help_us.php', '/contact.php', '/*.php']],
    ['(?P<ip>[\\d.]+) rk q kangen', [' rk q kangen']],
    ['(?i)kangen', ['kangen', '\u212aangen']],
    ['[aA]uthentication failure', ['authentication failure']],
    ['(?:abc){2}', ['abcabc']],
    ['(?:abc)+x', ['abcx']],
    ['fo{1,2}bar', ['fobar', 'foobar']],
    ['(?:error: )?denied', ['denied']],
    ['(?:alpha|.*beta)x?', ['alpha', 'beta']],
    ['(?>possum)\\d', ['possum']],
    ['kan(?=garoo)gen', ['kangen']],
    ['kan\\bgen', ['kangen']],
    ['(possum)\\1', ['possum']],
    ['naïveté', ['naïveté']],
    ['wombat\\nnumbat', ['wombat']],
  ])('of %s are %j', (source, expected) => {
    expect(literalsOf(source)).toEqual(expected);
  });

  test.each([
    '\\d+',
    '.*',
    'a',
    'a|bcd',
    '(?:abc)?',
    '(?=abc)',
    '(?!abc)',
    '[a-z]{5}',
    'abc|\\d',
    '(a)?(?(1)bcd|efg)',
    '',
    '\ufffd\ufffd\ufffd',
  ])('of %s there are none', (source) => {
    expect(literalsOf(source)).toBeUndefined();
  });

  test('are the rarer ones of several', () => {
    expect(literalsOf('HTTP/1\\.1" .* quokka')).toEqual([' quokka']);
    expect(literalsOf('from \\d+ numbat from \\d')).toEqual([' numbat from ']);
  });

  test('of a literal pattern are its text', () => {
    expect(literalsOf('a.*b(c', 'literal')).toEqual(['a.*b(c']);
  });
});
