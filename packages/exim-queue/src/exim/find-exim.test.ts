import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { findExim } from './find-exim.ts';

const temp = tempFolder();
const before = process.env['PATH'];
afterEach(() => {
  process.env['PATH'] = before;
});

const program = (file: string, mode: number = 0o755): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n', { mode });
  return file;
};

test('takes exim4 or exim of the first folder in PATH that has one', () => {
  const exim = program(temp('a/exim'));
  program(temp('b/exim4'));
  process.env['PATH'] = `${temp('none')}:${temp('a')}:${temp('b')}`;
  expect(findExim()).toBe(exim);
  expect(findExim('exim4')).toBe(temp('b/exim4'));
});

test('folders, files that may not be run and links to nothing are passed over; a link to a program is one', () => {
  mkdirSync(temp('a/exim4'), { recursive: true });
  program(temp('b/exim4'), 0o644);
  mkdirSync(temp('c'));
  symlinkSync(temp('none'), temp('c/exim'));
  mkdirSync(temp('d'));
  symlinkSync(program(temp('real')), temp('d/exim'));
  process.env['PATH'] = ['a', 'b', 'c', 'd'].map((name) => temp(name)).join(':');
  expect(findExim()).toBe(temp('d/exim'));
});

test('folders of PATH that depend on where one stands are not looked into', () => {
  program(temp('bin/sluice-no-exim'));
  process.env['PATH'] = path.relative(process.cwd(), temp('bin'));
  expect(() => findExim('sluice-no-exim')).toThrow(expect.objectContaining({ code: 'ERR_EXIM_QUEUE_NO_EXIM' }));
});

test('a path is taken from where one stands, and must be a program', () => {
  const exim = program(temp('exim'));
  expect(findExim(path.relative(process.cwd(), exim))).toBe(exim);
  expect(() => findExim(temp('none'))).toThrow(/none is no program; install it/);
});
