import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Failure } from '@sluice/pipeline';
import { compileFilter } from './compile-filter.ts';
import { NameQueue } from './names/name-queue.ts';
import { chunkOf } from './testing/chunks.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const tail = 'x'.repeat(1_000_000);
const count = 20;
const maxBytes = 5_000_000;

/** Bytes that stay in use after something was done, as long as what it gives is there. */
function bytesKept<T>(work: () => T): readonly [number, T] {
  collect();
  const before = process.memoryUsage().heapUsed;
  const result = work();
  collect();
  return [process.memoryUsage().heapUsed - before, result];
}

describe('of long lines', () => {
  test('a session keeps the id, the beginnings of groups and no more', () => {
    const filter = compileFilter(
      {
        name: 'door',
        datePattern: '{NONE}',
        failRegex: [
          '^<F-MLFID>door with a long name \\[\\d+\\]</F-MLFID>: <F-NOFAIL>knock</F-NOFAIL> of <F-USER>.+</F-USER> from <HOST>$',
          '^<F-MLFID>door with a long name \\[\\d+\\]</F-MLFID>: wrong key$',
        ],
      },
      { maxSessions: 1000 },
    );
    const [bytes] = bytesKept(() => {
      for (let n = 0; n < count; n += 1)
        filter.processLine(`door with a long name [${n}]: knock of ${tail} from 2001:db8:aaaa:bbbb:cccc::${n}`);
    });
    expect(bytes).toBeLessThan(maxBytes);
    const failure = filter.processLine('door with a long name [7]: wrong key');
    expect(failure).toMatchObject({ id: '2001:db8:aaaa:bbbb:cccc::7', groups: { user: 'x'.repeat(2048) } });
    expect(failure?.matches?.[0]).toHaveLength(1000);
  });

  test('what waits for a host name keeps the beginnings, and is found all the same', async () => {
    const failures: Failure[] = [];
    let answer: () => void = () => undefined;
    const answered = new Promise<readonly []>((resolve) => {
      answer = () => resolve([]);
    });
    const address = { text: '192.0.2.1', family: 4 } as const;
    const queue = new NameQueue(
      {
        addressesOf: (name) => answered.then(() => (name === 'first.example.org' ? [] : [address])),
        nameOf: () => undefined,
      },
      (failure) => failures.push(failure),
    );
    const filter = compileFilter(
      { name: 'door', datePattern: '{NONE}', failRegex: ['^wrong key of <F-USER>.+</F-USER> from <HOST>$'] },
      { useDns: 'yes', names: (named) => queue.push(named) },
    );
    const [bytes] = bytesKept(() => {
      for (const host of ['first.example.org', 'second.example.org', '2001:db8:aaaa:bbbb:cccc::1'])
        for (let n = 0; n < count / 2; n += 1)
          filter.process(chunkOf(`wrong key of ${n}${tail} from ${host}\n`), (failure) => queue.push(failure));
    });
    expect(bytes).toBeLessThan(maxBytes);
    answer();
    await queue.settled;
    expect(failures.map(({ id }) => id)).toEqual([
      ...Array<string>(count / 2).fill('192.0.2.1'),
      ...Array<string>(count / 2).fill('2001:db8:aaaa:bbbb:cccc::1'),
    ]);
    expect(failures.every(({ line, groups }) => line.length === 2048 && groups['user']?.length === 2048)).toBe(true);
  });

  test('what does not wait keeps all', () => {
    const queue = new NameQueue({ addressesOf: () => [], nameOf: () => undefined }, (failure) => {
      expect(failure.line.length).toBeGreaterThan(1_000_000);
    });
    const filter = compileFilter({ name: 'door', datePattern: '{NONE}', failRegex: ['^wrong key .+ from <HOST>$'] });
    filter.process(chunkOf(`wrong key ${tail} from 192.0.2.1\n`), (failure) => queue.push(failure));
    expect.assertions(1);
  });
});
