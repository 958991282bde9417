import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
});
afterAll(() => scene[Symbol.dispose]());

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a line', () => {
  test('is printed byte by byte, whatever it holds', () => {
    const log = 'a \xff\xfe\xc3 foo\n\0foo\0\x1b[31m\r\nfoo \xed\xa0\x80\n';
    scene.write('odd.log', bytes(log));
    expect(scene.logmatch(['foo', 'odd.log']).out).toBe(log);
  });

  test('without a break at the end of the input gets one', () => {
    expect(scene.logmatch(['foo'], 'bar\nfoo').out).toBe('foo\n');
  });

  test('has parts that are printed byte by byte too', () => {
    scene.write('parts.log', bytes('\xff\xc3foo\xe2\x82 foo\xf0\x9f\x98\x80foo\n'));
    expect(scene.logmatch(['-ob', 'f.o', 'parts.log']).out).toBe('2:foo\n8:foo\n15:foo\n');
    expect(scene.logmatch(['-o', '\\S+', 'parts.log']).out).toBe('\xff\xc3foo\xe2\x82\nfoo\xf0\x9f\x98\x80foo\n');
  });

  test('of 10 MB is one line', () => {
    scene.write('long.log', `${'x'.repeat(10_000_000)}foo\nbar foo\n`);
    expect(scene.logmatch(['-c', 'foo', 'long.log'])).toEqual({ status: 0, out: '2\n', errors: '' });
    expect(scene.logmatch(['-ob', 'foo', 'long.log']).out).toBe('10000000:foo\n10000008:foo\n');
  });

  test('over --max-line-bytes is cut there, and that is said', () => {
    scene.write('cut.log', `foo${'x'.repeat(5000)}bar\n${'y'.repeat(1023)}\nfoo\n${'z'.repeat(3000)}foo`);
    const { status, out, errors } = scene.logmatch(['-nb', '--max-line-bytes', '1024', 'foo|bar|y', 'cut.log']);
    expect(out).toBe(`1:0:foo${'x'.repeat(1021)}\n2:5007:${'y'.repeat(1023)}\n3:6031:foo\n`);
    expect({ status, errors }).toEqual({
      status: 0,
      errors: 'logmatch: cut.log: 2 lines were cut after 1024 bytes (--max-line-bytes)\n',
    });
  });
});

describe('-o', () => {
  test.each<[string, string[], string, string]>([
    ['goes on behind a part', ['aa'], 'aaaaa', 'aa aa'],
    ['looks at what is before where it goes on', ['\\bfoo'], 'foofoo foo', 'foo foo'],
    ['takes ^ for the beginning of the line only', ['^a'], 'aaa', 'a'],
    ['looks far behind', ['(?<=ab)c|(?<!xx)d|ab'], 'abcxxdab', 'ab c ab'],
    ['passes over what has no length', ['x*'], 'axxbx', 'xx x'],
    ['prefers what has a length to what has none', ['-e', '', '-e', 'foo'], 'a foo', 'foo'],
    ['keeps references to groups', ['(\\w)\\1'], 'aabbcdd', 'aa bb dd'],
    ['keeps conditions on groups', ['(<)?b(?(1)>|!)'], '<b> b! <b', '<b> b!'],
    ['keeps flags of the whole pattern', ['(?i)foo'], 'foo FOO', 'foo FOO'],
    ['keeps comments of a verbose pattern', ['(?x) f o+ # foo'], 'foo fo', 'foo fo'],
    ['takes words', ['-w', 'fo+'], 'foo foo_ xfoo foo', 'foo foo'],
    ['takes words of JavaScript', ['--dialect', 'javascript', '(a|b)\\1'], 'aabbab', 'aa bb'],
    ['takes literals', ['-F', 'a.b'], 'a.b axb a.b', 'a.b a.b'],
    ['counts characters beyond U+FFFF as one', ['😀'], '😀😀x😀', '😀 😀 😀'],
  ])('%s', (_, args, line, parts) => {
    const { out } = scene.logmatch(['-o', ...args], line);
    expect(Buffer.from(out, 'latin1').toString().trim().split('\n').join(' ')).toBe(parts);
  });
});

describe('patterns', () => {
  test.each<[string, string[], string, string]>([
    ['-w keeps flags of the whole pattern at the front', ['-w', '(?i)FOO'], 'foo\nfoobar\n', 'foo\n'],
    ['-w holds for each branch', ['-w', 'foo|bar'], 'foox\nbarx\nxbar\nbar\n', 'bar\n'],
    ['-x holds for each branch', ['-x', 'foo|bar'], 'foox\nfoo\nxbar\nbar\n', 'foo\nbar\n'],
    ['-i folds case in every dialect', ['-i', '-e', 'FOO'], 'foo\nÄ\n', 'foo\n'],
    ['-i of a literal', ['-iF', 'A.B'], 'a.b\naxb\n', 'a.b\n'],
    ['-i of JavaScript', ['-i', '--dialect', 'javascript', 'FO{2}'], 'foo\nbar\n', 'foo\n'],
    ['JavaScript', ['--dialect', 'javascript', '(?<n>[a-c])\\k<n>$'], 'xaa\nab\n', 'xaa\n'],
    ['JavaScript, a word', ['-w', '--dialect', 'javascript', 'fo+'], 'foo bar\nfoobar\n', 'foo bar\n'],
    ['-x of a literal', ['-Fx', 'a|b'], 'a\na|b\n', 'a|b\n'],
    ['a line break is none of the line, nor is the \\r before it', ['-x', 'foo'], 'foo\r\n', 'foo\r\n'],
    ['a \\r at the end of a pattern from a file is none of it', ['-f', 'crlf'], 'xfoo\nbar\n', 'xfoo\n'],
  ])('%s', (_, args, input, out) => {
    scene.write('crlf', 'foo\r\n');
    expect(scene.logmatch(args, input).out).toBe(out);
  });

  test('that do not compile are named, all of them, with column and cure', () => {
    scene.write('broken', 'fine\na(b\n');
    const { status, out, errors } = scene.logmatch(['-e', 'ok', '-e', 'x[b', '-f', 'broken', '-e', '*'], 'ok');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^logmatch: pattern 2, column 2: .+; .+/),
      expect.stringMatching(/^logmatch: broken:2, column 2: .+; .+/),
      expect.stringMatching(/^logmatch: pattern 3, column 1: .+; .+/),
    ]);
  });

  test('are named as they were written also when they are wrapped', () => {
    expect(scene.logmatch(['-w', 'a(b'], '').errors).toMatch(/^logmatch: pattern 1, column 2: /);
  });
});

test('--stats tells the hits of each pattern on standard error', () => {
  scene.write('stats.log', 'foo\nbar foo\nbar\nx\n');
  const { out, errors } = scene.logmatch([
    '-c',
    '--stats',
    '--all',
    '-e',
    'foo',
    '-e',
    'bar',
    '-e',
    'none',
    'stats.log',
  ]);
  expect(out).toBe('3\n');
  expect(errors).toMatch(/^ +2 +pattern 1 .* foo$/m);
  expect(errors).toMatch(/^ +2 +pattern 2 .* bar$/m);
  expect(errors).toMatch(/^ +0 +pattern 3 .* none$/m);
  expect(errors).toMatch(/^4 lines, 18 bytes; 3 found/m);
});
