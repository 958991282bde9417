import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write('a.log', 'foo\nbar\n');
  scene.write('b.log', 'bar\n');
  scene.write('sub/c.log', 'foo\n');
});
afterAll(() => scene[Symbol.dispose]());

const notThere = 'logmatch: nosuch: no such file or directory\n';

describe('the exit status', () => {
  test.each<[number, string, string[]]>([
    [0, 'when something was found', ['foo', 'a.log']],
    [1, 'when nothing was', ['foo', 'b.log']],
    [0, 'when a file without a match was asked for and found', ['-L', 'foo', 'a.log', 'b.log']],
    [1, 'when none was', ['-L', 'foo', 'a.log']],
    [1, 'when no line was wanted', ['-m0', 'foo', 'a.log']],
  ])('is %d %s', (status, _, args) => {
    expect(scene.logmatch(args)).toMatchObject({ status, errors: '' });
  });

  test('is 2 after an error, also when something was found', () => {
    expect(scene.logmatch(['-c', 'foo', 'nosuch', 'a.log'])).toEqual({ status: 2, out: 'a.log:1\n', errors: notThere });
  });

  test('is 0 after an error with -q when something was found, and 2 when nothing was', () => {
    expect(scene.logmatch(['-q', 'foo', 'nosuch', 'a.log'])).toEqual({ status: 0, out: '', errors: notThere });
    expect(scene.logmatch(['-q', 'foo', 'nosuch', 'b.log'])).toEqual({ status: 2, out: '', errors: notThere });
  });

  describeWith([{ ...program('rg', 'ripgrep'), isOptional: true }], "is ripgrep's", () => {
    test.each<string[]>([
      ['foo', 'a.log'],
      ['foo', 'b.log'],
      ['foo', 'nosuch', 'a.log'],
      ['-q', 'foo', 'nosuch', 'a.log'],
      ['-q', 'foo', 'nosuch', 'b.log'],
      ['--files-without-match', 'foo', 'a.log'],
      ['--files-without-match', 'foo', 'a.log', 'b.log'],
      ['-c', 'foo', 'b.log'],
      ['-v', 'foo', 'b.log'],
      ['a(b', 'a.log'],
    ])('for %s %s %s %s', (...args) => {
      expect(scene.logmatch(args).status).toBe(scene.attempt('rg', args).status);
    });
  });
});

describe('an error', () => {
  test('of one file is one line, and the others are searched', () => {
    expect(scene.logmatch(['foo', 'sub', 'nosuch', 'a.log'])).toEqual({
      status: 2,
      out: 'a.log:foo\n',
      errors: `logmatch: sub: is a directory; search the files in it with -r\n${notThere}`,
    });
  });

  test('of a file is not told with -s, and still counts', () => {
    expect(scene.logmatch(['-s', 'foo', 'nosuch', 'a.log'])).toEqual({ status: 2, out: 'a.log:foo\n', errors: '' });
  });

  test.each<[string, string[], RegExp]>([
    ['no pattern', [], /^logmatch: there is no pattern; .*--help\n$/],
    ['an option that there is not', ['--nosuch', 'foo'], /^logmatch: there is no option --nosuch; .*\n$/],
    ['an option without its value', ['foo', '-m'], /^logmatch: -m lacks its NUM; .*\n$/],
    ['a value that a switch does not take', ['--count=3', 'foo'], /^logmatch: -c takes no value, and has "3"; .*\n$/],
    ['a number that is none', ['-m', 'x', 'foo'], /^logmatch: --max-count must be .*, not "x"; .*\n$/],
    ['a dialect that there is not', ['--dialect', 'perl', 'foo'], /^logmatch: --dialect must be .*, not "perl"; .*\n$/],
    ['two shapes of output', ['--json', '-o', 'foo'], /^logmatch: --only-matching does not go with --json; .*\n$/],
    ['a filter and a pattern', ['--filter', 'sshd', '-e', 'x'], /^logmatch: --regexp does not go with --filter; .*\n$/],
    ['a record of a line without a match', ['--json', '-v', 'foo'], /^logmatch: --invert-match does not go with .*\n$/],
    ['a file of patterns that is missing', ['-f', 'nosuch'], /^logmatch: nosuch: no such file or directory; .*\n$/],
    [
      'a field that no pattern has',
      ['--format', '{ip}', 'foo'],
      /^logmatch: --format has no field \{ip\}; .*\{line\}.*\n$/,
    ],
    ['a lone brace', ['--format', '{line', 'foo'], /^logmatch: --format has a lone \{; .*\n$/],
    ['standard input that is to be followed', ['--follow', 'foo'], /^logmatch: --follow needs names of files; .*\n$/],
  ])('of the command line is one line with its cure: %s', (_, args, message) => {
    const { status, out, errors } = scene.logmatch(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(errors).toMatch(message);
  });
});

describe('the output', () => {
  test('may lose its reader, which is no error', async () => {
    scene.write('big.log', 'foo bar\n'.repeat(200_000));
    const { child, ended } = scene.start(['foo', 'big.log']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ status: 0, errors: '' });
  });

  test('waits for a reader that is slow, and loses nothing', () => {
    scene.write('big.log', 'foo bar\n'.repeat(200_000));
    const logmatch = `${process.execPath} ${new URL('../bin/logmatch.js', import.meta.url).pathname}`;
    const { out } = scene.attempt('sh', ['-c', `${logmatch} foo big.log | (sleep 0.3; wc -c)`]);
    expect(out.trim()).toBe('1600000');
  });

  test('is not searched itself', () => {
    const logmatch = `${process.execPath} ${new URL('../bin/logmatch.js', import.meta.url).pathname}`;
    scene.write('old.out', 'foo\n');
    const { status, errors } = scene.attempt('sh', ['-c', `${logmatch} foo a.log old.out >> old.out`]);
    expect({ status, errors }).toEqual({
      status: 2,
      errors: 'logmatch: old.out: is also the output; write the output to another file\n',
    });
  });

  test('comes line by line when the input does', async () => {
    const { child, out, ended } = scene.start(['foo']);
    child.stdin?.write('first foo, long enough\nbar\n');
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
    expect(out()).toBe('first foo, long enough\n');
    child.stdin?.end('second foo\n');
    expect(await ended).toMatchObject({ status: 0, out: 'first foo, long enough\nsecond foo\n' });
  });
});

test('-r follows no link that it finds, and one that it is given', () => {
  scene.write('outside/o.log', 'foo\n');
  scene.write('tree/in.log', 'foo\n');
  symlinkSync(path.join(scene.dir, 'outside'), path.join(scene.dir, 'tree/link'));
  symlinkSync(path.join(scene.dir, 'outside/o.log'), path.join(scene.dir, 'tree/o.log'));
  expect(scene.logmatch(['-r', 'foo', 'tree']).out).toBe('tree/in.log:foo\n');
  expect(scene.logmatch(['-r', 'foo', 'tree/link']).out).toBe('tree/link/o.log:foo\n');
});

test('-r passes over pipes, which might never end', () => {
  scene.write('pipes/a.log', 'foo\n');
  expect(scene.attempt('mkfifo', ['pipes/p']).status).toBe(0);
  expect(scene.logmatch(['-r', 'foo', 'pipes'])).toEqual({ status: 0, out: 'pipes/a.log:foo\n', errors: '' });
});

test('--help shows every command, the exit status and examples, and --version the version', () => {
  const { status, out } = scene.logmatch(['--help']);
  expect(status).toBe(0);
  for (const part of ['logmatch explain', 'logmatch bench', '--filter', '-e, --regexp', 'Examples:', 'Exit status:'])
    expect(out).toContain(part);
  expect(scene.logmatch(['--version'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^logmatch \d+\.\d+\.\d+\n$/),
  });
});
