import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { program, testWith } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { Glob } from './glob.ts';
import { globFiles } from './glob-files.ts';

const temp = tempFolder();
let failures: string[] = [];

function found(glob: string, root?: string): string[] {
  const paths: string[] = [];
  globFiles(new Glob(glob, root), {
    found: (file) => paths.push(file.slice(temp().length)),
    looksInto: () => {},
    failed: (folder, { code }) => failures.push(`${folder.slice(temp().length)} ${code}`),
  });
  return paths;
}

const names = [
  'a.log',
  'b.log',
  'ab.log',
  '.hidden.log',
  'a-.log',
  'a].log',
  'a!.log',
  'ä.log',
  'a.log.1',
  'x/in.log',
  'y/in.log',
  'y/z/in.log',
];

beforeEach(() => {
  failures = [];
  for (const name of names) {
    mkdirSync(temp(name.split('/').slice(0, -1).join('/')), { recursive: true });
    writeFileSync(temp(name), '');
  }
});

describe('globFiles', () => {
  test.each([
    ['*.log', ['/a!.log', '/a-.log', '/a.log', '/a].log', '/ab.log', '/b.log', '/ä.log']],
    ['?.log', ['/a.log', '/b.log', '/ä.log']],
    ['[ab].log', ['/a.log', '/b.log']],
    ['[!a].log', ['/b.log', '/ä.log']],
    ['a[]].log', ['/a].log']],
    ['a[!]].log', ['/a!.log', '/a-.log', '/ab.log']],
    ['a[a-c].log', ['/ab.log']],
    ['a[-].log', ['/a-.log']],
    ['.*', ['/.hidden.log']],
    ['*/in.log', ['/x/in.log', '/y/in.log']],
    ['[xy]/*.log', ['/x/in.log', '/y/in.log']],
    ['*/*/in.log', ['/y/z/in.log']],
    ['*/a.log', []],
    ['a.log', ['/a.log']],
    ['nowhere.log', ['/nowhere.log']],
    ['x/../a.log', ['/a.log']],
  ])('finds %s', (glob, expected) => {
    expect(found(temp(glob))).toEqual(expected);
  });

  testWith([program('python3')], "finds what Python's glob finds", () => {
    const globs = [
      '*',
      '*.log',
      '?.log',
      '[ab]*',
      '[!.a]*',
      '*[1g]',
      'a[',
      '[',
      '[]',
      '[!]',
      '*.*.*',
      '*/in*',
      '.h*',
      '?',
      '[a-]*',
    ];
    const script = 'import glob,json,sys;print(json.dumps([sorted(glob.glob(g)) for g in sys.argv[1:]]))';
    const theirs = execFileSync('python3', ['-c', script, ...globs.map((glob) => temp(glob))], { encoding: 'utf8' });
    const isMagic = (glob: string) => /[*?]|\[[^\]]/.test(glob);
    const wanted = (JSON.parse(theirs) as string[][]).map((paths) => paths.map((one) => one.slice(temp().length)));
    for (const [index, glob] of globs.entries())
      if (isMagic(glob)) expect([glob, found(temp(glob)).sort()]).toEqual([glob, wanted[index]]);
  });

  test('resolves absolute globs below the root, and no .. leads out of it', () => {
    expect(found('/*/in.log', temp())).toEqual(['/x/in.log', '/y/in.log']);
    expect(found('/../../a.log', temp())).toEqual(['/a.log']);
    expect(found('b.log', temp())).toEqual(['/b.log']);
  });

  test('takes the characters of the root literally', () => {
    mkdirSync(temp('[x]'));
    writeFileSync(temp('[x]/1.log'), '');
    expect(found('/*.log', temp('[x]'))).toEqual(['/[x]/1.log']);
  });

  test('ends on a circle of links, and says which folder it is', () => {
    symlinkSync(temp('loop'), temp('loop'));
    symlinkSync(temp(), temp('x/up'));
    expect(found(temp('[xl]*/up/[!l]*/in.log'))).toEqual(['/x/up/x/in.log', '/x/up/y/in.log']);
    expect(failures).toEqual(['/loop/up ELOOP']);
  });
});

describe('Glob', () => {
  test('matches the paths that it would find', () => {
    const glob = new Glob('/var/log/*/access*.log');
    expect(glob.matches('/var/log/apache2/access-1.log')).toBe(true);
    expect(glob.matches('/var/log/apache2/x/access.log')).toBe(false);
    expect(glob.matches('/var/log/apache2/error.log')).toBe(false);
  });

  test('refuses ** and says what to write', () => {
    expect(() => new Glob('/var/**/x.log')).toThrow("globs must be without '**' (write one '*' for each level)");
  });

  test('decides in time that grows with the name, not with the ways to match it', () => {
    expect(new Glob(`/${'*a'.repeat(60)}`).matches(`/${'a'.repeat(200)}b`)).toBe(false);
  });
});
