import { mkdirSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { readReasons } from './read-reasons.ts';

const inFolder = tempFolder();
const line = (number: number): string => `2026-11-23 14:26:19 u${number}@x.test R=a defer (1): attempt ${number}\n`;

test('a log is read', () => {
  writeFileSync(inFolder('log'), line(1) + line(2));
  expect([...readReasons(inFolder('log')).keys()]).toEqual(['u1@x.test', 'u2@x.test']);
});

test('without a log nothing is known', () => {
  expect(readReasons(inFolder('log')).size).toBe(0);
});

test('of a long log the last 64 KiB are read, in whole lines, and the caller is told its size', () => {
  const lines = Array.from({ length: 3000 }, (_, number) => line(number));
  writeFileSync(inFolder('log'), lines.join(''));
  const sizes: number[] = [];
  const reasons = readReasons(inFolder('log'), (sizeBytes) => sizes.push(sizeBytes));
  expect(sizes).toEqual([lines.join('').length]);
  let kept = 0;
  for (let bytes = 0; bytes + (lines.at(-1 - kept) ?? '').length <= 65_536; kept += 1)
    bytes += (lines.at(-1 - kept) ?? '').length;
  expect([...reasons.keys()]).toEqual(Array.from({ length: kept }, (_, index) => `u${3000 - kept + index}@x.test`));
});

test('a log that cannot be read is an error for the caller', () => {
  mkdirSync(inFolder('log'));
  expect(() => readReasons(inFolder('log'))).toThrow('EISDIR');
});
