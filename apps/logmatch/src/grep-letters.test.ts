import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write(
    'a.log',
    'foo bar\nbar\n\nfoo foo_bar foo\r\nFOO 1\nx\xff\xfe foo \xc3\n\0foo\0\nbarfoo foobar\n'.replace(
      /[\x80-\xff]/g,
      '¿',
    ),
  );
  scene.write(
    'bytes.log',
    Buffer.from('x\xff\xfe foo \xc3\nfoo\0bar\n\xc3\xa4foo\xc3\xa4 foo\nno break: foo', 'latin1'),
  );
  scene.write('none.log', 'nothing here\nnor there\n');
  scene.write('empty.log', '');
  scene.write('breaks.log', '\n\n\nfoo\n\n');
  scene.write('only.log', 'foo');
  scene.write(
    'many.log',
    Array.from({ length: 30_000 }, (_, i) => `line ${i} ${i % 7 ? 'bar' : 'foo'} end\n`).join(''),
  );
  scene.write('hot.log', 'foo bar foo\n'.repeat(30_000));
  scene.write('sub/c.log', 'sub foo\n');
  scene.write('sub/deep/d.log', 'deep foo\nbar\n');
  scene.write('patterns', 'foo\n^bar$\n');
  scene.write('no-patterns', '');
  scene.write('empty-pattern', '\n');
});
afterAll(() => scene[Symbol.dispose]());

const files = ['a.log', 'bytes.log', 'none.log', 'empty.log', 'breaks.log', 'only.log', 'many.log', 'hot.log'];

/** Letters of one file; each is tried on every file. */
const letters = [
  '',
  '-c',
  '-v',
  '-cv',
  '-n',
  '-nv',
  '-b',
  '-bv',
  '-nb',
  '-H',
  '-nbH',
  '-h',
  '-l',
  '-L',
  '-lv',
  '-q',
  '-qv',
  '-o',
  '-on',
  '-ob',
  '-onbH',
  '-co',
  '-ov',
  '-w',
  '-wo',
  '-x',
  '-xv',
  '-cx',
  '-i',
  '-io',
  '-iw',
  '-F',
  '-m0',
  '-m1',
  '-m3',
  '-m3 -v',
  '-m3 -c',
  '-m3 -cv',
  '-m2 -n',
  '-m2 -o',
  '-m1 -l',
  '-lc',
  '-s',
  '-a',
]; // prettier-ignore

/** With -L, grep ends with 0 when a line was found; ripgrep, and this program, when a file was listed. */
const wanted = (letter: string, args: readonly string[]) => {
  const { out, errors, status } = scene.grep(args);
  return { out, errors, status: letter === '-L' ? Number(out === '') : status };
};

const given = (letter: string): string[] => [...letter.split(' ').filter(Boolean), '-e', 'foo'];

test.each(letters)('grep %s foo: as grep, over several files', (letter) => {
  const args = [...given(letter), ...files];
  expect(scene.logmatch(args)).toEqual(wanted(letter, args));
});

test.each(['', '-c', '-l', '-n', '-o', '-v', '-b', '-H', '-vnb'])('grep %s foo: as grep, of one file', (letter) => {
  const args = [...given(letter), 'a.log'];
  expect(scene.logmatch(args)).toEqual(wanted(letter, args));
});

test.each([
  ['several patterns', ['-e', 'foo', '-e', '^bar$']],
  ['a pattern that begins with a dash', ['-e', '-x', '-c']],
  ['a pattern and its letter in one', ['-ebar', '-c']],
  ['letters and a pattern in one', ['-cebar']],
  ['patterns in one, parted by a break', ['foo\nbar']],
  ['a file of patterns', ['-f', 'patterns']],
  ['files of patterns and patterns', ['-f', 'patterns', '-e', 'here']],
  ['a file without a pattern', ['-f', 'no-patterns']],
  ['a file without a pattern, inverted', ['-vf', 'no-patterns']],
  ['a file with an empty line', ['-cf', 'empty-pattern']],
  ['the empty pattern', ['-c', '']],
  ['the empty pattern, its parts', ['-o', '']],
  ['the empty pattern as a line', ['-nx', '']],
  ['literal characters that a regular expression would not', ['-F', '-c', 'o.o']],
  ['literal words', ['-Fwo', 'foo']],
  ['a beginning and an end', ['-on', '^foo\\|bar$']],
  ['what stands beside it', ['-ob', '\\bfoo\\b']],
  ['counts of several files', ['-c', 'foo']],
  ['names of files with matches', ['-l', 'foo']],
  ['lines without the names', ['-h', 'foo']],
  ['a number of lines of each file', ['-m2', 'foo']],
])('%s: as grep, over several files', (_, args) => {
  // What GNU's basic expressions write with a backslash, Python's write without.
  const own = args.map((arg) => arg.replaceAll('\\|', '|'));
  expect(scene.logmatch([...own, ...files])).toEqual(scene.grep([...args, ...files]));
});

test.each([
  ['a folder', ['foo', 'sub']],
  ['files and folders', ['foo', 'a.log', 'sub', 'none.log']],
  ['counts', ['-c', 'foo', 'sub']],
])('-r %s: the files that grep finds', (_, args) => {
  const sorted = ({ out, ...rest }: { out: string }) => ({ ...rest, out: out.split('\n').sort() });
  expect(sorted(scene.logmatch(['-r', ...args]))).toEqual(sorted(scene.grep(['-r', ...args])));
});

test('-r without a file searches the working directory', () => {
  expect(scene.logmatch(['-rl', 'deep foo']).out).toBe('sub/deep/d.log\n');
});

test.each(['', '-c', '-n', '-o', '-v', '-H', '-l', '-q'])('%s of standard input: as grep', (letter) => {
  const args = [...letter.split(' ').filter(Boolean), 'foo'];
  const named = ({ out, ...rest }: { out: string }) => ({
    ...rest,
    out: out.replaceAll('(standard input)', '<stdin>'),
  });
  expect(scene.logmatch(args, 'x\nfoo\nbar foo')).toEqual(named(scene.grep(args, 'x\nfoo\nbar foo')));
  expect(scene.logmatch([...args, '-', 'none.log'], 'foo\n')).toEqual(
    named(scene.grep([...args, '-', 'none.log'], 'foo\n')),
  );
});

test('-e a -e b with -o prints at each place the first pattern, as ripgrep does', () => {
  scene.write('order.log', 'abcd abc\n');
  expect(scene.logmatch(['-o', '-e', 'bc', '-e', 'abcd', '-e', 'd', 'order.log']).out).toBe('abcd\nbc\n');
});
