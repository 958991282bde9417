import { ended, killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { fromStdin } from './stdin-source.ts';

afterEach(killChildren);

describe('fromStdin', () => {
  test('reads standard input to its end', async () => {
    const child = spawnChild(new URL('./testing/stdin-child.ts', import.meta.url), []);
    child.stdin?.end('one\ntwo\nthree');
    const { stdout, code } = await ended(child);
    expect(stdout.trim().split('\n')).toEqual([
      '["<stdin>",0,"one\\ntwo\\n","break"]',
      '["<stdin>",8,"three","end"]',
      'complete',
    ]);
    expect(code).toBe(0);
  });

  test('refuses options that cannot be at once', () => {
    expect(() => fromStdin({ maxInFlight: 0 })).toThrow('maxInFlight must be an integer from 1 to 1024, not 0');
  });
});
