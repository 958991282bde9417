import { once } from 'node:events';
import { killChildren, startChild } from '../../../../tools/testing/child.ts';

afterEach(killChildren);

const stopping = new URL('../testing/stopping-child.ts', import.meta.url);

test.each(['SIGINT', 'SIGTERM'] as const)('%s lets a program end cleanly', async (signal) => {
  const child = await startChild(stopping);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a second signal ends it at once', async () => {
  const child = await startChild(stopping, ['never']);
  child.kill('SIGINT');
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([2, null]);
});
