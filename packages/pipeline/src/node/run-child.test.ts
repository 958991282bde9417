import type { Command } from './read-child.ts';
import { runChild, runChildBytes } from './run-child.ts';

const writing = (script: string): Command => ({ program: process.execPath, args: ['-e', script] });

test('gives the whole output, as text or as bytes', async () => {
  expect(await runChild(writing("process.stdout.write('ä\\n')"))).toBe('ä\n');
  expect(await runChildBytes(writing('process.stdout.write(Buffer.of(255, 0))'))).toEqual(Buffer.of(255, 0));
});

test('of an output that exceeds the bound nothing is handed out', async () => {
  const command = writing("process.stdout.write('x'.repeat(101))");
  await expect(runChild(command, { maxBytes: 100 })).rejects.toMatchObject({
    code: 'ERR_PIPELINE_TOO_LARGE',
    limit: 100,
    message: `${process.execPath} wrote more than 100 bytes`,
  });
  expect(await runChild(command, { maxBytes: 101 })).toHaveLength(101);
});

test('an exceeded bound can be told by an error of the caller', async () => {
  const tooLarge = (fault: string): Error => new RangeError(fault);
  const running = runChild(writing("console.log('long')"), { maxBytes: 2, tooLarge });
  await expect(running).rejects.toBeInstanceOf(RangeError);
});

test('an abort ends it with what had come', async () => {
  const signal = AbortSignal.abort();
  expect(await runChild(writing("console.log('x')"), { signal })).toBe('');
});
