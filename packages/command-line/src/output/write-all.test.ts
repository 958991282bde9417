import { closeSync, openSync, readFileSync } from 'node:fs';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { writeAll } from './write-all.ts';

const temp = tempFolder();
afterEach(killChildren);

const writer = new URL('../testing/writing-child.ts', import.meta.url);

test('writes text as UTF-8, and any part of bytes', () => {
  const fd = openSync(temp('out'), 'w');
  writeAll(fd, 'Zoë\n');
  writeAll(fd, Buffer.from('abcdef'), 2, 4);
  writeAll(fd, Buffer.from('xyz'), 1);
  closeSync(fd);
  expect(readFileSync(temp('out'), 'utf8')).toBe('Zoë\ncdyz');
});

test('waits for a reader that is slower than the pipe', async () => {
  const child = spawnChild(writer);
  child.stdout?.pause();
  const end = ended(child);
  setTimeout(() => child.stdout?.resume(), 300);
  const { code, stdout } = await end;
  expect(code).toBe(0);
  expect(stdout).toHaveLength(1 << 20);
});

test('throws EPIPE when the reader has gone', async () => {
  const child = spawnChild(writer);
  child.stdout?.destroy();
  expect(await ended(child)).toMatchObject({ code: 1, stderr: 'EPIPE\n' });
});
