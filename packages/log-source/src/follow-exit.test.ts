import { readFileSync, writeFileSync } from 'node:fs';
import { ended, killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';

const temp = tempFolder();
afterEach(killChildren);

test('a process whose sources were stopped ends by itself, its positions saved', async () => {
  writeFileSync(temp('a.log'), 'one\n');
  writeFileSync(temp('b.log'), 'one\ntwo\n');
  const { code, stdout, stderr } = await ended(
    spawnChild(new URL('./testing/exit-child.ts', import.meta.url), [temp()]),
  );
  expect(stderr).toBe('');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'stopped\n' });
  const { files } = JSON.parse(readFileSync(temp('positions.json'), 'utf8'));
  expect(files.map(({ position }: { position: number }) => position).sort()).toEqual([8, 9]);
});
