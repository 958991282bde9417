import fc from 'fast-check';
import { shellQuote } from './shell-quote.ts';
import { spawnRunner } from './spawn-runner.ts';

describe('shellQuote', () => {
  it('leaves a plain word as it is', () => {
    expect(shellQuote('/usr/sbin/nft')).toBe('/usr/sbin/nft');
    expect(shellQuote('2001:db8::1')).toBe('2001:db8::1');
  });

  it('quotes what a shell would read otherwise', () => {
    expect(shellQuote('')).toBe("''");
    expect(shellQuote("it's $HOME")).toBe("'it'\\''s $HOME'");
  });

  it('lets no control character through to a terminal', () => {
    expect(shellQuote("a\n\u001b[2J\u0085'1")).toBe("$'a\\n\\033[2J\\302\\205\\'1'");
  });

  it('is read back as it was by bash', async () => {
    const words = fc.sample(
      fc.string({ unit: 'binary', minLength: 1 }).filter((word) => !/[\0\p{Cs}]/u.test(word)),
      { numRuns: 300, seed: 7 },
    );
    const argv = ['bash', '-c', `printf '%s\\0' ${words.map(shellQuote).join(' ')}`];
    const { stdout } = await spawnRunner.run({ argv, timeoutMs: 60_000, maxOutputBytes: 1 << 20 });
    expect(stdout.split('\0').slice(0, -1)).toEqual(words);
  });
});
