import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { globFiles } from './glob-files.ts';

const patterns = [
  '*.log',
  'web?.log',
  'web[0-9].log',
  'web[!0-9].log',
  '.*',
  '*',
  '*/access.log',
  '*/*.log',
  '**/*.log',
  'sub/access.log',
  'none/*.log',
  'none.log',
  'we[]b]1.log',
  'we[b1.log',
  'a(b).log',
  'sub/',
];

function makeFiles(): string {
  const dir = newFolder();
  for (const folder of ['sub', 'sub/deep', '.hidden']) mkdirSync(path.join(dir, folder));
  const files = [
    'web1.log',
    'web22.log',
    'webx.log',
    '.dot.log',
    'a(b).log',
    'sub/access.log',
    'sub/deep/x.log',
    '.hidden/y.log',
    'we[b1.log',
  ];
  for (const file of files) writeFileSync(path.join(dir, file), '');
  symlinkSync('nowhere', path.join(dir, 'gone.log'));
  return dir;
}

describe('globFiles', () => {
  test('finds files by their names, sorted, without hidden ones and links that lead nowhere', () => {
    const dir = makeFiles();
    expect(globFiles(`${dir}/*.log`)).toEqual(
      ['a(b).log', 'we[b1.log', 'web1.log', 'web22.log', 'webx.log'].map((name) => `${dir}/${name}`),
    );
    expect(globFiles('')).toEqual([]);
  });

  testWith([python], "agrees with Python's glob", () => {
    const dir = makeFiles();
    const program = `
import glob, os
print(json.dumps([sorted(p for p in glob.glob(pattern) if os.path.exists(p)) for pattern in json.load(sys.stdin)]))`;
    const asked = patterns.map((pattern) => `${dir}/${pattern}`);
    const theirs = askPython<string[][]>(program, asked);
    expect(asked.map((pattern) => [pattern, globFiles(pattern).toSorted()])).toEqual(
      asked.map((pattern, index) => [pattern, theirs[index]]),
    );
  });
});
