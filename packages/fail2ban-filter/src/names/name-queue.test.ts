import type { Address, Failure, NameResolver } from '@sluice/pipeline';
import fc from 'fast-check';
import type { NamedFailure } from '../named-failure.ts';
import { NameQueue, type NameQueueOptions } from './name-queue.ts';

const address = (text: string): Address => ({ text, family: 4 });
const shared = { timeMs: 0, path: 'log', sourceId: 'log', line: '', groups: {}, pattern: 0 };
const plain = (offset: number): Failure => ({ ...shared, offset, id: 'plain' });
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue whose names are answered by hand; a name `known-…` is answered at once. */
function scene(options: NameQueueOptions = {}) {
  const answers = new Map<string, (addresses: readonly Address[]) => void>();
  const resolver: NameResolver = {
    addressesOf: (name) =>
      name.startsWith('known') ? [address('192.0.2.1')] : new Promise((resolve) => answers.set(name, resolve)),
    nameOf: () => undefined,
  };
  const log: string[] = [];
  const queue = new NameQueue(resolver, ({ offset, id }) => log.push(`${offset} ${id}`), options);
  const named = (offset: number, hostName: string): NamedFailure => ({
    ...shared,
    offset,
    hostName,
    resolve: (addresses) => addresses.map((address) => ({ ...shared, offset, id: address.text, address })),
    giveUp: (reason) => log.push(`${offset} given up: ${reason}`),
  });
  const answer = async (name: string, ...texts: string[]): Promise<void> => {
    answers.get(name)?.(texts.map(address));
    await tick();
  };
  return { queue, log, named, answer };
}

describe('NameQueue', () => {
  test('emits at once what nothing has to be waited for', () => {
    const { queue, log, named } = scene();
    queue.push(plain(1));
    queue.push(named(2, 'known.example'));
    expect(log).toEqual(['1 plain', '2 192.0.2.1']);
    expect(queue.settled).toBeUndefined();
  });

  test('keeps the order of lines while names are looked up, whichever is found first', async () => {
    const { queue, log, named, answer } = scene();
    queue.push(named(1, 'a.example'));
    queue.push(plain(2));
    queue.push(named(3, 'b.example'));
    queue.push(named(4, 'known.example'));
    let isSettled = false;
    void queue.settled?.then(() => {
      isSettled = true;
    });
    await answer('b.example', '192.0.2.3', '192.0.2.4');
    expect([log, isSettled]).toEqual([[], false]);
    await answer('a.example');
    expect(log).toEqual(['2 plain', '3 192.0.2.3', '3 192.0.2.4', '4 192.0.2.1']);
    expect([isSettled, queue.settled]).toEqual([true, undefined]);
  });

  test('gives the oldest name up when too many failures wait, and loses no other', async () => {
    const { queue, log, named, answer } = scene({ maxWaiting: 2 });
    queue.push(named(1, 'a.example'));
    queue.push(plain(2));
    queue.push(named(3, 'b.example'));
    expect(log).toEqual(['1 given up: more than 2 failures wait behind this name', '2 plain']);
    await answer('a.example', '192.0.2.1');
    await answer('b.example', '192.0.2.2');
    expect(log.slice(2)).toEqual(['3 192.0.2.2']);
  });

  test('emits nothing after it was cleared', async () => {
    const { queue, log, named, answer } = scene();
    queue.push(named(1, 'a.example'));
    const { settled } = queue;
    queue.clear();
    await settled;
    await answer('a.example', '192.0.2.1');
    expect(log).toEqual([]);
  });

  test('whatever the order of answers, emits in line order, all but names given up', async () => {
    const step = fc.oneof(
      fc.constant('plain' as const),
      fc.constant('name' as const),
      fc.constant('known' as const),
      fc.nat(100),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        async (steps, maxWaiting) => {
          const { queue, log, named, answer } = scene({ maxWaiting });
          const asked: number[] = [];
          for (const [offset, what] of steps.entries()) {
            if (typeof what === 'number')
              await answer(`${asked.splice(what % (asked.length || 1), 1)[0]}.x`, '192.0.2.1');
            else if (what === 'name') asked.push(offset);
            if (what === 'name') queue.push(named(offset, `${offset}.x`));
            else if (what !== 'plain' && typeof what !== 'number') queue.push(named(offset, 'known.x'));
            else if (what === 'plain') queue.push(plain(offset));
          }
          for (const offset of asked) await answer(`${offset}.x`, '192.0.2.1');
          const offsets = log.map((text) => Number.parseInt(text, 10));
          const expected = steps.flatMap((what, offset) => (typeof what === 'number' ? [] : [offset]));
          expect(offsets).toEqual(expected);
          expect(queue.settled).toBeUndefined();
        },
      ),
    );
  });
});
