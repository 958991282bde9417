import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from '../../../tools/testing/new-folder.ts';
import { loadFilter } from './loader.ts';

const folder = newFolder();

function write(name: string, text: string): void {
  mkdirSync(path.join(folder, 'filter.d'), { recursive: true });
  writeFileSync(path.join(folder, 'filter.d', name), text);
}

describe('loadFilter', () => {
  test('reads a filter with its options and compiles it', () => {
    write('door.conf', '[Definition]\nfailregex = ^<what> from <HOST>$\nignoreregex =\n[Init]\nwhat = knock\n');
    const line = 'wrong from 192.0.2.1';
    expect(loadFilter('door', { configDir: folder }).processLine(line)).toBeUndefined();
    expect(loadFilter('door[what=wrong]', { configDir: folder }).processLine(line)?.id).toBe('192.0.2.1');
  });

  test('passes options on', () => {
    write('name.conf', '[Definition]\nfailregex = ^from <HOST>$\n');
    const options = { configDir: folder, useDns: 'raw' } as const;
    expect(loadFilter('name', options).processLine('from example.org')?.id).toBe('example.org');
  });

  test('says file, line and cure of a regex that does not compile', () => {
    write('broken.conf', '[Definition]\n\nfailregex = ^from <HOST>$\n            ^from (<HOST>$\n');
    expect(() => loadFilter('broken', { configDir: folder })).toThrow(
      /filter\.d\/broken\.conf:4: failregex 2 of 2 .*; /,
    );
  });

  test('says which file is not there', () => {
    expect(() => loadFilter('nowhere', { configDir: folder })).toThrow(/nowhere/);
  });
});
