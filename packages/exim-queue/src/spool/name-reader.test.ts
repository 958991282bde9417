import { mkdirSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { placeOf } from '../testing/place-of.ts';
import { type DirectoryNames, NameReader } from './name-reader.ts';
import { foldersOf } from './spool-folders.ts';

const folder = tempFolder();

/** What is found when each look at the clock says that it is late, and how often that was said. */
function readAll(unreadable: string[] = []): { found: DirectoryNames[]; pauses: number } {
  const reader = new NameReader(foldersOf(placeOf(folder()), ''), { onUnreadable: (path) => unreadable.push(path) });
  const found: DirectoryNames[] = [];
  for (let pauses = 0; ; ) {
    const names = reader.read(0);
    if (names === 'done') return { found, pauses };
    if (names === undefined) pauses += 1;
    else found.push(names);
  }
}

const idsOf = ({ ids }: DirectoryNames): string[] =>
  Array.from({ length: ids.length }, (_, index) => ids.text(index)).sort();

test('only names of the exact shape are messages', () => {
  mkdirSync(folder('input'));
  const names = [
    '1xVJLa-0005ku-09-H',
    '1xVJLa-000000005ms-1ML7-H',
    '1xVJLa-0005ku-0A-D',
    '1xVJLa-0005ku-09-J',
    '1xVJLa-0005ku-0B-K',
    '1xVJLa-0005ku-0C.eml',
    'hdr.1xVJLa-0005ku-0D',
    '1xVJLa-0005ku-0E-Hx',
    '1xVJLa-0005ku-0F-h',
    '1xVJLa-0005ku-0G_H',
    '1xVJLa-0005kü-09-H',
    'ab',
    '-',
    '1xVJLa-0005ku-09',
  ];
  for (const name of names) writeFileSync(folder(`input/${name}`), '');
  const { found } = readAll();
  expect(found.map(idsOf)).toEqual([['1xVJLa-000000005ms-1ML7', '1xVJLa-0005ku-09']]);
  expect([...(found[0]?.directory.journals ?? [])]).toEqual(['1xVJLa-0005ku-09']);
});

test('sub-directories of one letter or digit are looked into, one level deep, beside messages', () => {
  for (const path of ['input/a/b', 'input/Z', 'input/0', 'input/aa', 'input/_', 'Finput/q'])
    mkdirSync(folder(path), { recursive: true });
  for (const path of ['input', 'input/a', 'input/a/b', 'input/Z', 'input/aa', 'input/_', 'Finput/q'])
    writeFileSync(folder(`${path}/1xVJLa-0005ku-09-H`), '');
  writeFileSync(folder('input/7'), 'is no directory');
  const { found } = readAll();
  expect(found.map(({ directory }) => directory.path.slice(folder().length + 1))).toEqual([
    'input/',
    'input/0/',
    'input/Z/',
    'input/a/',
    'Finput/',
    'Finput/q/',
  ]);
  expect(found.map(({ ids }) => ids.length)).toEqual([1, 0, 1, 1, 0, 1]);
});

test('a large directory is read in many turns', () => {
  mkdirSync(folder('input'));
  for (let number = 0; number < 3000; number += 1)
    writeFileSync(folder(`input/1xVJLa-00${`${number}`.padStart(4, '0')}-09-H`), '');
  const { found, pauses } = readAll();
  expect(found.map(({ ids }) => ids.length)).toEqual([3000]);
  expect(pauses).toBeGreaterThan(5);
});

test('what is not there is empty; what cannot be read is told of, and the rest is read', () => {
  const unreadable: string[] = [];
  expect(readAll(unreadable).found).toEqual([]);
  writeFileSync(folder('input'), '');
  mkdirSync(folder('Finput'));
  expect(readAll(unreadable).found).toHaveLength(1);
  expect(unreadable).toEqual([]);
});
